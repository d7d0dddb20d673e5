package ai.powertools.cost;

import static ai.powertools.cost.Calls.FREE;
import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.UNPRICED;
import static ai.powertools.cost.Calls.cents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.CostLine;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Prices;
import ai.powertools.models.UnknownModelException;
import ai.powertools.models.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A cheaper model in the place of one that a budget has no room for. */
@ParameterizedClass
@EnumSource(KeptLedger.Keeping.class)
class DowngradeTest extends KeptLedger {
  private static final Model MILL =
      Model.builder("acme", "mill").prices(Prices.of(Usd.of("1000"), Usd.of("1000"))).build();

  private final List<String> asked = new ArrayList<>();

  DowngradeTest(Keeping keeping) {
    super(keeping);
  }

  /** Names these one after another, whatever is refused. */
  private CostTracker naming(String... models) {
    return builder()
        .catalog(ModelCatalog.of(List.of(PENNY, MILL, FREE, UNPRICED)))
        .budget(Budget.usd("0.50").named("b"))
        .downgrade(
            (attributes, refusal) -> {
              asked.add(attributes.asMap().get(Attributes.MODEL));
              return asked.size() <= models.length
                  ? Optional.of(models[asked.size() - 1])
                  : Optional.empty();
            })
        .build();
  }

  private static CallDescription call(CostTracker tracker, long tokens) {
    return tracker.trackCall("t").user("ada").model(PENNY).tokens(0, tokens);
  }

  @Test
  void takesThePlaceAndIsToldOf() {
    CostTracker tracker = naming("mill");
    try (CallSpan span = call(tracker, 100).start()) {
      assertThat(span.model()).isEqualTo(MILL);
      assertThat(status(tracker, "b").reserved()).isEqualTo(Usd.of("0.10"));
      assertThat(span.usage(cents(50)).model()).isEqualTo("acme/mill");
      assertThat(events)
          .containsExactly(new CostEvent.Downgraded(span.callId(), "acme/penny", "acme/mill"));
    }
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.05"));
    assertThat(asked).containsExactly("acme/penny");
  }

  @Test
  void aListIsTriedInItsOrder() {
    CostTracker tracker =
        builder()
            .catalog(ModelCatalog.of(List.of(PENNY, MILL, FREE)))
            .budget(Budget.usd("0.05").named("b"))
            .downgrade(Downgrade.to("mill", "builtin/free"))
            .build();
    try (CallSpan span = call(tracker, 100).start()) {
      assertThat(span.model()).isEqualTo(FREE);
      span.notSent();
    }
    assertThatThrownBy(
            () ->
                builder()
                    .catalog(ModelCatalog.of(List.of(PENNY, MILL)))
                    .budget(Budget.usd("0.05").named("b"))
                    .downgrade(Downgrade.to("mill"))
                    .build()
                    .trackCall("t")
                    .model(PENNY)
                    .tokens(0, 100)
                    .start())
        .isInstanceOf(BudgetExceededException.class);
  }

  @Test
  void holdsNoMoreOfAReservationThanTheCheaperModelCanCost() {
    CostTracker tracker = naming("mill");
    try (CallSpan span = call(tracker, 100).reserve(Usd.of("0.80")).start()) {
      assertThat(span.model()).isEqualTo(MILL);
      assertThat(status(tracker, "b").reserved()).isEqualTo(Usd.of("0.10"));
      span.notSent();
    }
  }

  @Test
  void isNotAskedForWhereThereIsRoom() {
    CostTracker tracker = naming("mill");
    try (CallSpan span = call(tracker, 50).start()) {
      assertThat(span.model()).isEqualTo(PENNY);
    }
    assertThat(asked).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void letsTheRefusalStandWhereNobodyNamesOne() {
    CostTracker tracker = naming();

    assertThatThrownBy(() -> call(tracker, 100).start())
        .isInstanceOfSatisfying(
            BudgetExceededException.class, e -> assertThat(e.requested()).isEqualTo(Usd.of("1")));
    assertThat(events).isEmpty();
    assertThat(status(tracker, "b").reserved()).isEqualTo(Usd.ZERO);
  }

  @Test
  void goesOnFromModelToModel() {
    CostTracker tracker = naming("mill", "builtin/free");
    try (CallSpan span = call(tracker, 1_000).start()) {
      assertThat(span.model()).isEqualTo(FREE);
    }
    assertThat(asked).containsExactly("acme/penny", "acme/mill");
    assertThat(events)
        .extracting(event -> ((CostEvent.Downgraded) event).instead())
        .containsExactly("builtin/free");
  }

  @Test
  void endsWhenAModelIsNamedThatWasRefusedBefore() {
    CostTracker tracker = naming("mill", "penny", "mill");

    assertThatThrownBy(() -> call(tracker, 1_000).start())
        .isInstanceOfSatisfying(
            BudgetExceededException.class,
            e -> assertThat(e.requested()).isEqualTo(Usd.of("1.00")));
    assertThat(asked).containsExactly("acme/penny", "acme/mill");
    assertThat(events).isEmpty();
  }

  @Test
  void saysSoWhenNobodyKnowsTheModelOrItsPrice() {
    assertThatThrownBy(() -> call(naming("nonesuch"), 100).start())
        .isInstanceOf(UnknownModelException.class);
    asked.clear();
    assertThatThrownBy(() -> call(naming("unpriced"), 100).start())
        .isInstanceOf(UnknownCostException.class);
  }

  @Test
  void theCallersWorstCaseIsOfTheModelThatWasAskedAlone() {
    CostTracker tracker = naming("mill");
    Cost dear = Cost.of(List.of(CostLine.of("call", 1_000_000, Usd.of("5"))), Certainty.ESTIMATED);
    try (CallSpan span = call(tracker, 100).worstCase(dear).start()) {
      assertThat(span.model()).isEqualTo(MILL);
      assertThat(status(tracker, "b").reserved()).isEqualTo(Usd.of("0.10"));
    }
  }

  @Test
  void aBudgetOfTheDearModelLetsTheCheapOneThrough() {
    CostTracker tracker = naming("mill");
    tracker.setBudget(Budget.usd("0.01").where("model", "acme/penny").named("dear"));
    try (CallSpan span = call(tracker, 10).start()) {
      assertThat(span.model()).isEqualTo(MILL);
      span.usage(cents(10));
    }
    assertThat(status(tracker, "dear").spent()).isEqualTo(Usd.ZERO);
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.01"));
  }
}
