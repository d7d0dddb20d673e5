package ai.powertools.cli;

import ai.powertools.cost.Attempt;
import ai.powertools.cost.CallDescription;
import ai.powertools.cost.CallSpan;
import ai.powertools.cost.CostTracker;
import ai.powertools.cost.CostTrackerBuilder;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Prices;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** A ledger of a few calls at a cent a token. Time only goes on. */
final class SmallLedger implements AutoCloseable {
  /** One cent for each token of an answer. */
  static final Model PENNY = model("penny");

  /** The same from a dearer house. */
  static final Model CENT = model("cent");

  private final VirtualClock clock;
  private final CostTracker tracker;

  private SmallLedger(CostTrackerBuilder builder, Instant begin) {
    this.clock = VirtualClock.at(begin);
    this.tracker = builder.catalog(ModelCatalog.of(List.of(PENNY, CENT))).time(clock).build();
  }

  static SmallLedger at(Path file, String begin) {
    return new SmallLedger(CostTracker.builder().at(file), Instant.parse(begin));
  }

  static SmallLedger at(Path file, String begin, ZoneId zone) {
    return new SmallLedger(CostTracker.builder().at(file).zone(zone), Instant.parse(begin));
  }

  /**
   * The one that most tests look at: $3.00 in October, and in November $1.00 and $0.05 of search,
   * $0.40 of ads, all within the first ten days.
   */
  static void november(Path file) {
    try (SmallLedger ledger = at(file, "2026-10-20T12:00:00Z")) {
      ledger.call("search", "ada", PENNY, 300);
      ledger.until("2026-11-02T12:00:00Z").call("search", "ada", PENNY, 100);
      ledger.until("2026-11-03T12:00:00Z").call("search", "bob", CENT, 5);
      ledger.until("2026-11-10T12:00:00Z").call("ads", "bob", PENNY, 40);
    }
  }

  SmallLedger until(String moment) {
    clock.advance(Duration.between(clock.instant(), Instant.parse(moment)));
    return this;
  }

  SmallLedger call(String team, String user, Model model, long cents) {
    try (CallSpan span = describe(team, user, model).tokens(10, cents).start()) {
      span.usage(Usage.of(0, cents));
    }
    return this;
  }

  /** A call that nobody knows the cost of. */
  SmallLedger cutOff(String team, String user, long centsAtMost) {
    try (CallSpan span = describe(team, user, PENNY).tokens(0, centsAtMost).start()) {
      span.record(Attempt.failed());
    }
    return this;
  }

  /** A call that is under way. */
  CallSpan begin(String team, String user, long centsAtMost) {
    return describe(team, user, PENNY).tokens(0, centsAtMost).start();
  }

  CostTracker tracker() {
    return tracker;
  }

  private CallDescription describe(String team, String user, Model model) {
    return tracker.trackCall("answer").team(team).user(user).model(model);
  }

  private static Model model(String id) {
    return Model.builder("acme", id)
        .limits(1_000_000, 100_000)
        .prices(Prices.of(Usd.ZERO, Usd.of("10000")))
        .build();
  }

  @Override
  public void close() {
    tracker.close();
  }
}
