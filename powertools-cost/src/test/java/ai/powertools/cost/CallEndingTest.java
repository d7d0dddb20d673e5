package ai.powertools.cost;

import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.UNPRICED;
import static ai.powertools.cost.Calls.cents;
import static ai.powertools.cost.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.CostLine;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a call about which little or nothing is said. */
@ParameterizedClass
@EnumSource(KeptLedger.Keeping.class)
class CallEndingTest extends KeptLedger {
  CallEndingTest(Keeping keeping) {
    super(keeping);
  }

  private static CallDescription call(CostTracker tracker) {
    return tracker.trackCall("t").model(PENNY).tokens(20, 30);
  }

  @Test
  void closedWithoutAWordItFailedAtTheCostOfWhatWasSent() {
    CostTracker tracker = tracker(Budget.usd(1).named("b"));
    CallSpan span = call(tracker).start();
    span.close();
    span.close();

    assertThat(tracker.entriesOfCall(span.callId()))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
              assertThat(entry.certainty()).isEqualTo(Certainty.ESTIMATED);
              assertThat(entry.cost()).contains(Usd.of("0.20"));
              assertThat(entry.atMost()).contains(Usd.of("0.50"));
            });
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.20"));
    assertThat(status(tracker, "b").reserved()).isEqualTo(Usd.ZERO);
  }

  @Test
  void closedWithoutAWordItsCostIsUnknownWhereNobodySaidWhatWasSent() {
    CostTracker tracker = tracker(Budget.usd(20).named("b"));
    CallSpan span = tracker.trackCall("t").model(PENNY).start();
    span.close();

    assertThat(tracker.entriesOfCall(span.callId()))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.certainty()).isEqualTo(Certainty.UNKNOWN);
              assertThat(entry.cost()).isEmpty();
              assertThat(entry.counted()).isEqualTo(Usd.of("11"));
            });
  }

  @Test
  void aCallThatWasNeverSentLeavesNothing() {
    CostTracker tracker = tracker(Budget.usd(1).named("b"));
    CallSpan span = call(tracker).start();
    span.notSent();
    span.close();
    span.notSent();

    assertThat(tracker.total().attempts()).isZero();
    assertThat(status(tracker, "b").reserved()).isEqualTo(Usd.ZERO);
  }

  @Test
  void whatWasRecordedBeforeIsNotRecordedAgainByClosing() {
    CostTracker tracker = tracker(Budget.usd(1).named("b"));
    try (CallSpan span = call(tracker).start()) {
      span.record(Attempt.failed().used(cents(5), Certainty.EXACT));
      span.topUp();
    }
    assertThat(tracker.total().attempts()).isEqualTo(1);
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.05"));
    assertThat(status(tracker, "b").reserved()).isEqualTo(Usd.ZERO);
  }

  @ParameterizedTest
  @EnumSource(value = Outcome.class, mode = EnumSource.Mode.EXCLUDE, names = "LOST")
  void estimatesWhatACutStreamUsed(Outcome outcome) {
    CostTracker tracker = tracker();
    try (CallSpan span = call(tracker).start()) {
      LedgerEntry entry = span.estimate(outcome, "What is the capital of France?", "Paris is");

      assertThat(entry.outcome()).isEqualTo(outcome);
      assertThat(entry.certainty()).isEqualTo(Certainty.ESTIMATED);
      assertThat(entry.usage().inputTokens()).isBetween(5L, 12L);
      assertThat(entry.usage().outputTokens()).isBetween(1L, 5L);
      assertThat(entry.cost())
          .contains(Usd.cents(entry.usage().inputTokens() + entry.usage().outputTokens()));
    }
    try (CallSpan span = call(tracker).start()) {
      assertThat(span.estimate(outcome, "a", "").usage().outputTokens()).isZero();
    }
  }

  @Test
  void aReservationThatLapsesIsWrittenOffWhateverHappens() {
    CostTracker tracker = tracker(Budget.usd(1).named("b"));
    CallSpan span = call(tracker).lapsesAfter(Duration.ofMinutes(5)).trace("x").start();
    clock.advance(Duration.ofMinutes(5).minusNanos(1_000));
    assertThat(status(tracker, "b").reserved()).isEqualTo(Usd.of("0.50"));

    clock.advance(Duration.ofNanos(1_000));
    start(tracker, 100).notSent();
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.ZERO);
    assertThat(events).containsExactly(new CostEvent.CallLost(tracker.entriesOfTrace("x").get(0)));

    // Who reports after all is counted all the same, once.
    span.usage(cents(10));
    span.close();
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.10"));
    assertThat(status(tracker, "b").reserved()).isEqualTo(Usd.ZERO);
    assertThat(tracker.total().attempts()).isEqualTo(1);
  }

  @Test
  void aRefusalFreesWhatHasLapsedFirst() {
    CostTracker tracker = tracker(Budget.usd(1).named("b"));
    call(tracker).tokens(0, 90).lapsesAfter(Duration.ofMinutes(5)).start();
    clock.advance(Duration.ofMinutes(5));

    start(tracker, 100).notSent();
    assertThat(events).hasExactlyElementsOfTypes(CostEvent.CallLost.class);
  }

  @Test
  void aCallThatIsBegunAnewLapsesAsItWasToldTheLastTime() {
    CostTracker tracker = tracker(Budget.usd(1).named("b"));
    CallSpan first = call(tracker).id("c").start();
    CallSpan again = call(tracker).id("c").lapsesAfter(Duration.ofMinutes(5)).start();
    clock.advance(Duration.ofMinutes(5));

    assertThat(status(tracker, "b").reserved()).isEqualTo(Usd.ZERO);
    assertThat(events).hasExactlyElementsOfTypes(CostEvent.CallLost.class);
    first.notSent();
    again.notSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void lastsLongerThanNothing(Duration time) {
    assertThatThrownBy(() -> call(tracker()).lapsesAfter(time))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A reservation lasts longer than " + time + ".");
  }

  @Test
  void lostCallsCountWithTheirWorstCaseWhereThatIsWanted() {
    CostTracker tracker =
        builder().countLostCalls().budget(Budget.usd(1).alertAt(50).named("b")).build();
    CallSpan span = call(tracker).lapsesAfter(Duration.ofMinutes(5)).start();
    clock.advance(Duration.ofMinutes(5));

    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.50"));
    assertThat(events)
        .hasExactlyElementsOfTypes(CostEvent.ThresholdReached.class, CostEvent.CallLost.class);
    assertThat(tracker.total().known()).isEqualTo(Usd.ZERO);
    assertThat(tracker.total().unknownAtMost()).contains(Usd.of("0.50"));

    span.recordLast(Attempt.succeeded(cents(10)));
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.10"));
    tracker.setBudget(Budget.usd(2).per(Period.DAY).named("late"));
    assertThat(status(tracker, "late").spent()).isEqualTo(Usd.of("0.10"));
  }

  @Test
  void anUnknownCostIsReservedAndCountedAsAssumed() {
    CostTracker tracker =
        builder()
            .unknownCost(UnknownCost.reserve(Usd.of("0.30")))
            .budget(Budget.usd(1).named("b"))
            .build();
    CallSpan span = tracker.trackCall("t").model(UNPRICED).start();
    assertThat(status(tracker, "b").reserved()).isEqualTo(Usd.of("0.30"));
    LedgerEntry entry = span.recordLast(Attempt.succeeded(Usage.of(5, 5)));

    assertThat(entry.cost()).isEmpty();
    assertThat(entry.atMost()).contains(Usd.of("0.30"));
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.30"));
    assertThat(tracker.total().unknownAtMost()).contains(Usd.of("0.30"));
  }

  @Test
  void anUnknownCostIsNoReasonToRefuseWhereNoHardLimitIsForTheCall() {
    CostTracker tracker =
        tracker(
            Budget.usd(1).softLimit().named("soft"),
            Budget.usd(1).where("team", "search").named("search"));

    tracker.trackCall("t").model(UNPRICED).start().notSent();
    assertThatThrownBy(() -> tracker.trackCall("t").team("search").model(UNPRICED).start())
        .isInstanceOf(UnknownCostException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void anAssumptionMustBeABound(String amount) {
    assertThatThrownBy(() -> UnknownCost.reserve(Usd.of(amount)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("What a call may cost at most must be above $0");
  }

  @Test
  void aCallThatIsDroppedIsWrittenOffOnceItIsFound() {
    CostTracker tracker = tracker(Budget.usd(1).named("b"));
    drop(tracker);
    for (int i = 0; i < 200 && !status(tracker, "b").reserved().isZero(); i++) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(status(tracker, "b").reserved()).isEqualTo(Usd.ZERO);
    assertThat(events(CostEvent.CallLost.class)).hasSize(1);
  }

  private static void drop(CostTracker tracker) {
    assertThat(call(tracker).start().attempts()).isZero();
  }

  @Test
  void aVendorsWordIsTakenWhereWeHaveNoPriceAndOnlyComparedWhereWeHave() {
    CostTracker tracker = tracker();
    LedgerEntry unpriced =
        tracker
            .trackCall("t")
            .model(UNPRICED)
            .start()
            .recordLast(Attempt.succeeded(Usage.of(1, 1)).vendorCost(Usd.of("0.07")));
    assertThat(unpriced.cost()).contains(Usd.of("0.07"));
    assertThat(unpriced.certainty()).isEqualTo(Certainty.ESTIMATED);
    assertThat(events).isEmpty();

    LedgerEntry priced =
        call(tracker).start().recordLast(Attempt.succeeded(cents(10)).vendorCost(Usd.of("0.12")));
    assertThat(priced.cost()).contains(Usd.of("0.10"));
    assertThat(priced.vendorCost()).contains(Usd.of("0.12"));
    assertThat(events).containsExactly(new CostEvent.PriceDrift(priced, Usd.of("0.02")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0990", "0.1010", "0.1"})
  void toleratesADriftOfOnePercent(String vendor) {
    CostTracker tracker = tracker();
    call(tracker).start().recordLast(Attempt.succeeded(cents(10)).vendorCost(Usd.of(vendor)));

    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.09899", "0.10101", "0"})
  void tellsOfADriftBeyondThat(String vendor) {
    CostTracker tracker = tracker();
    call(tracker).start().recordLast(Attempt.succeeded(cents(10)).vendorCost(Usd.of(vendor)));

    assertThat(events(CostEvent.PriceDrift.class))
        .extracting(CostEvent.PriceDrift::drift)
        .containsExactly(Usd.of(vendor).minus(Usd.of("0.10")));
  }

  @Test
  void anAttemptMayCostWhatItsCallerSays() {
    CostTracker tracker = tracker(Budget.usd(1).named("b"));
    CallSpan span = call(tracker).start();
    LedgerEntry entry =
        span.recordLast(
            Attempt.succeeded(cents(10))
                .costing(
                    Cost.of(
                        List.of(CostLine.of("flat", 1_000_000, Usd.of("0.33"))), Certainty.EXACT))
                .use(Use.UNUSED)
                .latency(Duration.ofSeconds(3)));

    assertThat(entry.cost()).contains(Usd.of("0.33"));
    assertThat(entry.use()).isEqualTo(Use.UNUSED);
    assertThat(entry.latency()).isEqualTo(Optional.of(Duration.ofSeconds(3)));
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.33"));
  }
}
