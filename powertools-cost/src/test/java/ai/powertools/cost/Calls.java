package ai.powertools.cost;

import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Prices;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.util.List;

/** Models whose prices can be worked out in the head. */
final class Calls {
  /** One cent a token, in and out. */
  static final Model PENNY =
      Model.builder("acme", "penny")
          .limits(1_000, 100)
          .prices(Prices.of(Usd.of("10000"), Usd.of("10000")))
          .build();

  static final Model FREE = Model.local("builtin", "free", 1_000);
  static final Model UNPRICED = Model.builder("acme", "unpriced").build();
  static final ModelCatalog CATALOG = ModelCatalog.of(List.of(PENNY, FREE, UNPRICED));

  private Calls() {}

  static Usage cents(long cents) {
    return Usage.of(0, cents);
  }

  static CallSpan start(CostTracker tracker, long centsAtMost) {
    return tracker.trackCall("test").model(PENNY).tokens(0, centsAtMost).start();
  }
}
