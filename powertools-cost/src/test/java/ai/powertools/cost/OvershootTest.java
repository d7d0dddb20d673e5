package ai.powertools.cost;

import static ai.powertools.cost.Calls.FREE;
import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.cents;
import static ai.powertools.cost.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Where less than the worst case is reserved, and where a limit is only told of. */
@ParameterizedClass
@EnumSource(KeptLedger.Keeping.class)
class OvershootTest extends KeptLedger {
  OvershootTest(Keeping keeping) {
    super(keeping);
  }

  private static CallDescription reserving(CostTracker tracker, String reserved) {
    return tracker.trackCall("t").model(PENNY).tokens(0, 100).reserve(Usd.of(reserved));
  }

  @Test
  void isReportedAtOnceAndClosesTheGate() {
    CostTracker tracker = tracker(Budget.usd(1).named("b"));
    List<CallSpan> inFlight = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      inFlight.add(reserving(tracker, "0.20").start());
    }
    assertThatThrownBy(() -> reserving(tracker, "0.01").start())
        .isInstanceOf(BudgetExceededException.class);

    for (CallSpan span : inFlight) {
      span.recordLast(Attempt.succeeded(cents(30)));
    }
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("1.50"));
    assertThat(status(tracker, "b").overshoot()).isEqualTo(Usd.of("0.50"));
    assertThat(events(CostEvent.Overshot.class))
        .extracting(one -> one.status().spent(), CostEvent.Overshot::beyondReservation)
        .containsExactly(
            tuple(Usd.of("1.20"), Usd.of("0.10")), tuple(Usd.of("1.50"), Usd.of("0.10")));
    assertThat(events(CostEvent.Overshot.class).get(0).callId())
        .isEqualTo(inFlight.get(3).callId());
  }

  @Test
  void nobodyPassesALimitThatIsReachedByReservingNothing() {
    CostTracker tracker = tracker(Budget.usd(1));
    try (CallSpan span = reserving(tracker, "0").start()) {
      span.usage(cents(100));
    }
    assertThat(events(CostEvent.Overshot.class)).isEmpty(); // the limit is reached, not passed

    assertThatThrownBy(() -> reserving(tracker, "0").start())
        .isInstanceOf(BudgetExceededException.class);
    tracker.trackCall("t").model(FREE).start().notSent();
  }

  @Test
  void isNoOvershootWhereTheCallIsWithinItsReservationOrTheLimitWasLowered() {
    CostTracker tracker = tracker(Budget.usd(1).named("b"));
    CallSpan span = start(tracker, 90);
    tracker.setBudget(Budget.usd("0.10").named("b"));
    span.recordLast(Attempt.succeeded(cents(90)));

    assertThat(status(tracker, "b").overshoot()).isEqualTo(Usd.of("0.80"));
    assertThat(events).isEmpty();
    assertThatThrownBy(() -> start(tracker, 1)).isInstanceOf(BudgetExceededException.class);
  }

  @Test
  void attemptsThatTogetherCostMoreThanTheyReservedAreReported() {
    CostTracker tracker = tracker(Budget.usd("0.50").named("b"));
    CallSpan span = start(tracker, 50);
    span.record(Attempt.failed().used(cents(40), Certainty.EXACT));
    assertThat(events).isEmpty();
    span.record(Attempt.succeeded(cents(40))); // nobody topped up

    assertThat(events(CostEvent.Overshot.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.status().overshoot()).isEqualTo(Usd.of("0.30"));
              assertThat(event.beyondReservation()).isEqualTo(Usd.of("0.30"));
            });
    span.close();
  }

  @Test
  void anAttemptThatIsReportedAfterItsCallWasClosedIsReportedIfItPassesTheLimit() {
    CostTracker tracker = tracker(Budget.usd("0.50"));
    CallSpan late = start(tracker, 40);
    late.notSent();
    try (CallSpan span = start(tracker, 50)) {
      span.usage(cents(50));
    }
    late.usage(cents(10));

    assertThat(events(CostEvent.Overshot.class))
        .extracting(CostEvent.Overshot::beyondReservation)
        .containsExactly(Usd.of("0.10"));
  }

  @Test
  void aLostCallThatCountsWithMoreThanItReservedIsReported() {
    CostTracker tracker = builder().countLostCalls().budget(Budget.usd("0.50").named("b")).build();
    reserving(tracker, "0.10").lapsesAfter(Duration.ofMinutes(5)).start();
    clock.advance(Duration.ofMinutes(5));

    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("1"));
    assertThat(events)
        .hasSize(2)
        .hasExactlyElementsOfTypes(CostEvent.CallLost.class, CostEvent.Overshot.class);
  }

  @Test
  void aSoftLimitTellsAndRefusesNothing() {
    CostTracker tracker =
        tracker(Budget.usd(1).softLimit().named("soft"), Budget.usd(2).named("hard"));
    CallSpan first = start(tracker, 80);
    assertThat(events).isEmpty();

    CallSpan second = start(tracker, 30);
    assertThat(events(CostEvent.LimitPassed.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.callId()).isEqualTo(second.callId());
              assertThat(event.requested()).isEqualTo(Usd.of("0.30"));
              assertThat(event.status().reserved()).isEqualTo(Usd.of("0.80"));
              assertThat(event.status().budget().name()).isEqualTo("soft");
            });

    assertThatThrownBy(() -> start(tracker, 91)).isInstanceOf(BudgetExceededException.class);
    assertThat(events).hasSize(1); // what the hard limit refused did not pass the soft one
    first.recordLast(Attempt.succeeded(cents(80)));
    second.recordLast(Attempt.succeeded(cents(30)));
    assertThat(status(tracker, "soft").overshoot()).isEqualTo(Usd.of("0.10"));
    assertThat(events).hasSize(1);
  }

  @Test
  void aSoftLimitOfNothingLetsEverythingThrough() {
    CostTracker tracker = tracker(Budget.usd(0).softLimit().named("b"));
    reserving(tracker, "0").start().recordLast(Attempt.succeeded(cents(10)));
    start(tracker, 10).recordLast(Attempt.succeeded(cents(10)));

    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.20"));
    assertThat(events(CostEvent.LimitPassed.class)).hasSize(2);
  }
}
