package ai.powertools.cost;

import static ai.powertools.cost.Calls.CATALOG;
import static ai.powertools.cost.Calls.FREE;
import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.UNPRICED;
import static ai.powertools.cost.Calls.cents;
import static ai.powertools.cost.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Time;
import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.CostLine;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Unit;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ledger has to keep on every kind of store; the subclasses bring the store. */
abstract class LedgerContract {
  static final Duration LEASE = Duration.ofSeconds(30);
  static final Instant MORNING = Instant.parse("2026-11-24T10:00:00.123456Z");

  final VirtualClock clock = VirtualClock.at(MORNING);

  /** With an empty ledger, the first time. */
  abstract CostTrackerBuilder builder();

  CostTracker tracker(Budget... budgets) {
    return tracker(clock, budgets);
  }

  CostTracker tracker(Time time, Budget... budgets) {
    CostTrackerBuilder builder = builder().catalog(CATALOG).lease(LEASE).time(time);
    for (Budget budget : budgets) {
      builder.budget(budget);
    }
    return builder.build();
  }

  /** Reports an attempt of a call that began in the morning once more. */
  static void again(CostTracker tracker, LedgerEntry entry) {
    Held held =
        new Held(
            entry.callId(),
            1,
            1,
            entry.attributes(),
            "",
            0,
            Optional.empty(),
            entry.beganAt(),
            "",
            Optional.empty());
    tracker
        .ledger()
        .surely(
            accounting -> {
              accounting.settle(entry, Optional.of(held), false);
              return true;
            });
  }

  static void stands(CostTracker tracker, String spent, String reserved) {
    BudgetStatus status = tracker.budgets().get(0);
    assertThat(List.of(status.spent(), status.reserved()))
        .containsExactly(Usd.of(spent), Usd.of(reserved));
  }

  @Test
  void keepsAnAttemptWithAllThatIsKnownAboutIt() {
    CostTracker tracker = tracker();
    Usage usage =
        new Usage(
            50, 10, 5, 30, 20, Map.of(Unit.INPUT_AUDIO_TOKENS, 7L, Unit.CACHE_WRITE_1H_TOKENS, 5L));

    LedgerEntry entry;
    try (CallSpan span =
        tracker.trackCall("code_gen").id("call-1").trace("trace-1").model(PENNY).start()) {
      entry = span.usage(usage);
    }

    assertThat(entry)
        .isEqualTo(
            new LedgerEntry(
                "call-1",
                1,
                MORNING,
                MORNING,
                Attributes.of(
                    Map.of("task", "code_gen", "model", "acme/penny", "provider", "acme")),
                "trace-1",
                Outcome.SUCCEEDED,
                Use.USED,
                usage,
                Optional.of(Usd.of("0.80")),
                Certainty.EXACT,
                Optional.of(Usd.of("0.80")),
                Usd.of("0.80"),
                Optional.empty(),
                Usd.ZERO,
                Usd.ZERO,
                Optional.of(Duration.ZERO)));
    assertThat(entry.task()).isEqualTo("code_gen");
    assertThat(entry.model()).isEqualTo("acme/penny");
    assertThat(tracker.entriesOfCall("call-1")).containsExactly(entry);
    assertThat(tracker.entriesOfTrace("trace-1")).containsExactly(entry);
    assertThat(tracker.entriesOfCall("call-2")).isEmpty();
  }

  @Test
  void returnsWhatItKeepsToTheMicrosecondAndThePicoDollar() {
    clock.advance(Duration.ofNanos(999));
    CostTracker tracker = tracker();
    var fine =
        Model.builder("acme", "fine").prices(Prices.of(Usd.ZERO, Usd.of("0.0000015"))).build();
    try (CallSpan span = tracker.trackCall("test").model(fine).tokens(0, 10).start()) {
      LedgerEntry entry = span.usage(cents(1));

      assertThat(entry.cost()).contains(Usd.ofPico(2));
      assertThat(span.total().total()).contains(Usd.of("0.0000000000015"));
      assertThat(tracker.entriesOfCall(span.callId())).containsExactly(entry);
    }
  }

  @Test
  void reservesTheWorstCaseAndSettlesWhatWasUsed() {
    CostTracker tracker = tracker(Budget.usd(1));
    CallSpan span = start(tracker, 50);
    stands(tracker, "0", "0.50");

    span.usage(cents(20));
    stands(tracker, "0.20", "0.30");

    span.close();
    span.close();
    stands(tracker, "0.20", "0");
  }

  @Test
  void theLastAttemptGivesBackWhatIsLeftInTheSameWrite() {
    CostTracker tracker = tracker(Budget.usd(1));
    CallSpan span = start(tracker, 50);

    span.recordLast(Attempt.of(Outcome.SUCCEEDED, cents(20), Certainty.EXACT).servedBy(PENNY));
    stands(tracker, "0.20", "0");
    assertThatThrownBy(span::topUp).isInstanceOf(IllegalStateException.class);

    span.close();
    stands(tracker, "0.20", "0");
    assertThat(tracker.total().attempts()).isEqualTo(1);
  }

  @Test
  void refusesWhatMightNotFitAndThenReservesNothing() {
    CostTracker tracker = tracker(Budget.usd(10), Budget.usd(1).named("small"));
    try (CallSpan first = start(tracker, 60)) {
      assertThatThrownBy(() -> start(tracker, 41))
          .isInstanceOfSatisfying(
              BudgetExceededException.class,
              e -> {
                assertThat(e.status().budget().name()).isEqualTo("small");
                assertThat(e.status().reserved()).isEqualTo(Usd.of("0.60"));
                assertThat(e.requested()).isEqualTo(Usd.of("0.41"));
                assertThat(e.retryable()).isFalse();
              });
      stands(tracker, "0", "0.60");
      first.usage(cents(60));
    }
    start(tracker, 40).close();
    stands(tracker, "0.60", "0");
  }

  @Test
  void letsACallThroughThatTakesTheVeryLast() {
    CostTracker tracker = tracker(Budget.usd("0.40"));

    try (CallSpan span = start(tracker, 40)) {
      span.usage(cents(40));
    }
    assertThat(tracker.budgets().get(0).available()).isEqualTo(Usd.ZERO);
    assertThatThrownBy(() -> start(tracker, 1)).isInstanceOf(BudgetExceededException.class);
  }

  @Test
  void settlesAnAttemptOnceHoweverOftenItIsReported() {
    CostTracker tracker = tracker(Budget.usd(1));
    try (CallSpan span = start(tracker, 50)) {
      LedgerEntry entry = span.usage(cents(20));
      again(tracker, entry);
      again(tracker, entry);

      stands(tracker, "0.20", "0.30");
      assertThat(tracker.total().attempts()).isEqualTo(1);
    }
  }

  @Test
  void topsUpWhatAFailedAttemptUsed() {
    CostTracker tracker = tracker(Budget.usd("0.80"));
    try (CallSpan span = start(tracker, 50)) {
      span.record(Attempt.of(Outcome.FAILED, cents(30), Certainty.EXACT).servedBy(PENNY));
      stands(tracker, "0.30", "0.20");

      span.topUp();
      span.topUp();
      stands(tracker, "0.30", "0.50");

      span.record(Attempt.of(Outcome.FAILED, cents(1), Certainty.EXACT).servedBy(PENNY));
      assertThatThrownBy(span::topUp).isInstanceOf(BudgetExceededException.class);
      stands(tracker, "0.31", "0.49");
    }
    stands(tracker, "0.31", "0");
  }

  @Test
  void anAttemptThatCostMoreThanWasReservedIsSpentInFull() {
    CostTracker tracker = tracker(Budget.usd(1));
    try (CallSpan span = start(tracker, 50)) {
      span.usage(cents(120));
      stands(tracker, "1.20", "0");
    }
    assertThat(tracker.budgets().get(0).available()).isEqualTo(Usd.ZERO);
  }

  @Test
  void partsOfOneCallThatRunSideBySideHoldEachItsOwn() {
    CostTracker tracker = tracker(Budget.usd(1));
    CallSpan first = tracker.trackCall("t").id("c").model(PENNY).tokens(0, 60).start();
    CallSpan second =
        tracker.trackCall("t").id("c").firstAttempt(2).model(PENNY).tokens(0, 30).start();
    stands(tracker, "0", "0.90");

    first.notSent();
    stands(tracker, "0", "0.30");
    second.usage(cents(10));
    second.close();
    stands(tracker, "0.10", "0");
    assertThat(tracker.entriesOfCall("c")).extracting(LedgerEntry::attempt).containsExactly(2);
  }

  @Test
  void anAttemptOfUnknownCostCountsWithWhatItMayHaveCostAtMost() {
    CostTracker tracker = tracker(Budget.usd(1));
    try (CallSpan span = start(tracker, 50)) {
      LedgerEntry entry =
          span.record(Attempt.of(Outcome.FAILED, Usage.ZERO, Certainty.UNKNOWN).servedBy(PENNY));

      assertThat(entry.cost()).isEmpty();
      assertThat(entry.atMost()).contains(Usd.of("0.50"));
    }
    stands(tracker, "0.50", "0");
    assertThat(tracker.total())
        .isEqualTo(new Spending(Usd.ZERO, 1, 1, Optional.of(Usd.of("0.50"))));
  }

  @Test
  void anEstimateCountsAsItIsAndSaysWhatItMayBeAtMost() {
    CostTracker tracker = tracker(Budget.usd(1));
    try (CallSpan span = start(tracker, 50)) {
      LedgerEntry low =
          span.record(
              Attempt.of(Outcome.CANCELLED, cents(20), Certainty.ESTIMATED).servedBy(PENNY));
      LedgerEntry high =
          span.record(
              Attempt.of(Outcome.CANCELLED, cents(60), Certainty.ESTIMATED).servedBy(PENNY));

      assertThat(low.cost()).contains(Usd.of("0.20"));
      assertThat(low.atMost()).contains(Usd.of("0.50"));
      assertThat(high.atMost()).contains(Usd.of("0.60"));
      assertThat(tracker.entriesOfCall(span.callId())).containsExactly(low, high);
    }
    stands(tracker, "0.80", "0");
  }

  @Test
  void aCallUnderWayKeepsItsReservationHoweverLongItTakes() {
    CostTracker tracker = tracker(Budget.usd(1));
    CallSpan span = start(tracker, 70);
    for (int i = 0; i < 30; i++) {
      clock.advance(LEASE.dividedBy(3));
      stands(tracker, "0", "0.70");
    }
    span.usage(cents(10));
    span.close();

    clock.advance(LEASE.multipliedBy(2));
    assertThat(clock.pending()).isZero();
    assertThat(tracker.total().unknown()).isZero();
  }

  @Test
  void aNewWindowBeginsAnew() {
    CostTracker tracker = tracker(Budget.usd(1).per(Period.MONTH));
    try (CallSpan span = start(tracker, 100)) {
      span.usage(cents(100));
    }
    assertThatThrownBy(() -> start(tracker, 1)).isInstanceOf(BudgetExceededException.class);

    clock.advance(Duration.ofDays(7));
    stands(tracker, "0", "0");
    start(tracker, 100).close();
  }

  @Test
  void settlesAndReleasesOnAThreadThatWasInterrupted() {
    CostTracker tracker = tracker(Budget.usd(1));
    CallSpan span = start(tracker, 50);
    Thread.currentThread().interrupt();
    try (span) {
      span.record(Attempt.of(Outcome.CANCELLED, cents(20), Certainty.ESTIMATED).servedBy(PENNY));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    stands(tracker, "0.20", "0");
  }

  @Test
  void addsUpByTaskAndByModelTheDearestFirst() {
    CostTracker tracker = tracker();
    spend(tracker, "chat", 5);
    spend(tracker, "code_gen", 20);
    spend(tracker, "chat", 7);
    try (CallSpan span = tracker.trackCall("embed").model(FREE).start()) {
      span.usage(cents(50));
    }
    try (CallSpan span = tracker.trackCall("chat").model(UNPRICED).start()) {
      span.usage(cents(50));
    }

    assertThat(tracker.byTask())
        .containsExactly(
            new SpendingBy("code_gen", new Spending(Usd.of("0.20"), 1, 0, Optional.of(Usd.ZERO))),
            new SpendingBy("chat", new Spending(Usd.of("0.12"), 3, 1, Optional.empty())),
            new SpendingBy("embed", new Spending(Usd.ZERO, 1, 0, Optional.of(Usd.ZERO))));
    assertThat(tracker.byModel())
        .extracting(SpendingBy::key)
        .containsExactly("acme/penny", "acme/unpriced", "builtin/free");
    assertThat(tracker.total()).isEqualTo(new Spending(Usd.of("0.32"), 5, 1, Optional.empty()));
  }

  @Test
  void sumsOfNothingAreNothing() {
    CostTracker tracker = tracker(Budget.usd(1));

    assertThat(tracker.total()).isEqualTo(new Spending(Usd.ZERO, 0, 0, Optional.of(Usd.ZERO)));
    assertThat(tracker.byTask()).isEmpty();
    assertThat(tracker.byModel()).isEmpty();
    assertThat(tracker.recent(10)).isEmpty();
    stands(tracker, "0", "0");
  }

  @Test
  void givesTheNewestEntriesFirst() {
    CostTracker tracker = tracker();
    for (int i = 1; i <= 5; i++) {
      spend(tracker, "task-" + i, i);
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(tracker.recent(3))
        .extracting(LedgerEntry::task)
        .containsExactly("task-5", "task-4", "task-3");
    assertThat(tracker.recent(100)).hasSize(5);
    assertThat(tracker.recent(0)).isEmpty();
    assertThatThrownBy(() -> tracker.recent(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addsUpBeyondWhatALongOfPicoDollarsHolds() {
    CostTracker tracker = tracker();
    spend(tracker, "big", 900_000_000);
    spend(tracker, "big", 900_000_001);
    Cost worst =
        Cost.of(List.of(CostLine.of("call", 1_000_000, Usd.of("9000000"))), Certainty.ESTIMATED);
    for (int i = 0; i < 2; i++) {
      try (CallSpan span = tracker.trackCall("big").model(PENNY).worstCase(worst).start()) {
        span.record(Attempt.of(Outcome.FAILED, Usage.ZERO, Certainty.UNKNOWN).servedBy(PENNY));
      }
    }

    assertThat(tracker.total())
        .isEqualTo(new Spending(Usd.of("18000000.01"), 4, 2, Optional.of(Usd.of("18000000"))));
  }

  @Test
  void aBudgetThatIsOverrunByFarStaysExceeded() {
    CostTracker tracker = tracker(Budget.of(Usd.ofPico(Long.MAX_VALUE)));
    try (CallSpan span = start(tracker, 1)) {
      span.usage(cents(900_000_000));
      span.usage(cents(900_000_000));
    }

    assertThat(tracker.budgets().get(0).available()).isEqualTo(Usd.ZERO);
    assertThatThrownBy(() -> start(tracker, 1)).isInstanceOf(BudgetExceededException.class);
  }

  @Test
  void refusesWhatItCannotKeepAndTakesTheAttemptAgain() {
    CostTracker tracker = tracker(Budget.usd(1));
    try (CallSpan span = start(tracker, 50)) {
      assertThatThrownBy(() -> span.usage(cents(Long.MAX_VALUE)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("The ledger keeps amounts from $0 to $9,223,372.03 for one call");
      assertThat(span.attempts()).isZero();
      assertThat(span.usage(cents(10)).attempt()).isEqualTo(1);
    }
    stands(tracker, "0.10", "0");
  }

  static void spend(CostTracker tracker, String task, long cents) {
    try (CallSpan span = tracker.trackCall(task).model(PENNY).tokens(0, 100).start()) {
      span.usage(cents(cents));
    }
  }
}
