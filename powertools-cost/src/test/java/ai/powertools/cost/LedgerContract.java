package ai.powertools.cost;

import static ai.powertools.cost.Calls.CATALOG;
import static ai.powertools.cost.Calls.FREE;
import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.UNPRICED;
import static ai.powertools.cost.Calls.cents;
import static ai.powertools.cost.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.CostLine;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Unit;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger has to keep on every kind of store; the subclasses bring the store. */
abstract class LedgerContract {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Instant MORNING = Instant.parse("2026-11-24T10:00:00.123456Z");

  final VirtualClock clock = VirtualClock.at(MORNING);
  private Store store;

  /** An empty one. */
  abstract Store create();

  @BeforeEach
  void open() {
    store = create();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private CostTracker tracker(Budget... budgets) {
    return builder(budgets).time(clock).build();
  }

  /** A tracker whose process dies before any lease is renewed. */
  private CostTracker doomed(Budget... budgets) {
    return builder(budgets).time(new ClockOnly(clock)).build();
  }

  private CostTracker.Builder builder(Budget... budgets) {
    CostTracker.Builder builder = CostTracker.builder().store(store).catalog(CATALOG).lease(LEASE);
    for (Budget budget : budgets) {
      builder.budget(budget);
    }
    return builder;
  }

  private static void stands(CostTracker tracker, String spent, String reserved) {
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
                "code_gen",
                "trace-1",
                "acme/penny",
                Outcome.SUCCEEDED,
                usage,
                Optional.of(Usd.of("0.80")),
                Certainty.EXACT,
                Optional.of(Usd.of("0.80"))));
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

    span.recordLast(Outcome.SUCCEEDED, PENNY, cents(20), Certainty.EXACT);
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
      tracker.ledger().settle(entry, 1, MORNING);
      tracker.ledger().settle(entry, 1, MORNING);

      stands(tracker, "0.20", "0.30");
      assertThat(tracker.total().attempts()).isEqualTo(1);
    }
  }

  @Test
  void topsUpWhatAFailedAttemptUsed() {
    CostTracker tracker = tracker(Budget.usd("0.80"));
    try (CallSpan span = start(tracker, 50)) {
      span.record(Outcome.FAILED, PENNY, cents(30), Certainty.EXACT);
      stands(tracker, "0.30", "0.20");

      span.topUp();
      span.topUp();
      stands(tracker, "0.30", "0.50");

      span.record(Outcome.FAILED, PENNY, cents(1), Certainty.EXACT);
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

    first.close();
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
      LedgerEntry entry = span.record(Outcome.FAILED, PENNY, Usage.ZERO, Certainty.UNKNOWN);

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
      LedgerEntry low = span.record(Outcome.CANCELLED, PENNY, cents(20), Certainty.ESTIMATED);
      LedgerEntry high = span.record(Outcome.CANCELLED, PENNY, cents(60), Certainty.ESTIMATED);

      assertThat(low.cost()).contains(Usd.of("0.20"));
      assertThat(low.atMost()).contains(Usd.of("0.50"));
      assertThat(high.atMost()).contains(Usd.of("0.60"));
      assertThat(tracker.entriesOfCall(span.callId())).containsExactly(low, high);
    }
    stands(tracker, "0.80", "0");
  }

  @Test
  void theReservationOfAProcessThatDiedLapsesAndCountsNowhere() {
    CostTracker tracker = tracker(Budget.usd(1));
    String lost = start(doomed(Budget.usd(1)), 70).callId();

    clock.advance(LEASE.minusMillis(1));
    stands(tracker, "0", "0.70");
    assertThatThrownBy(() -> start(tracker, 50)).isInstanceOf(BudgetExceededException.class);

    clock.advance(Duration.ofMillis(1));
    start(tracker, 50).close();
    stands(tracker, "0", "0");
    assertThat(tracker.entriesOfCall(lost))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.outcome()).isEqualTo(Outcome.LOST);
              assertThat(entry.attempt()).isEqualTo(1);
              assertThat(entry.cost()).isEmpty();
              assertThat(entry.certainty()).isEqualTo(Certainty.UNKNOWN);
              assertThat(entry.atMost()).contains(Usd.of("0.70"));
              assertThat(entry.at()).isEqualTo(MORNING.plus(LEASE));
            });
    assertThat(tracker.total())
        .isEqualTo(new Spending(Usd.ZERO, 1, 1, Optional.of(Usd.of("0.70"))));
  }

  @Test
  void aLostCallThatReportsAfterAllIsCountedOnceInTheWindowItBeganIn() {
    Budget daily = Budget.usd(1).per(Period.DAY);
    CostTracker tracker = tracker(daily);
    CallSpan paused = start(doomed(daily), 70);
    clock.advance(Duration.ofDays(1));
    stands(tracker, "0", "0");
    assertThat(tracker.total().unknown()).isEqualTo(1);

    LedgerEntry truth = paused.usage(cents(30));
    tracker.ledger().settle(truth, 1, MORNING);
    paused.close();

    stands(tracker, "0", "0");
    assertThat(tracker.entriesOfCall(paused.callId())).containsExactly(truth);
    assertThat(tracker.total())
        .isEqualTo(new Spending(Usd.of("0.30"), 1, 0, Optional.of(Usd.ZERO)));
    assertThat(spentIn(daily, "2026-11-24T00:00:00Z")).isEqualTo(Usd.of("0.30"));
  }

  @Test
  void saysWhichAttemptWasLost() {
    CostTracker tracker = tracker(Budget.usd(1));
    CallSpan span = start(doomed(Budget.usd(1)), 50);
    LedgerEntry first = span.record(Outcome.FAILED, PENNY, cents(5), Certainty.EXACT);
    span.topUp();
    span.record(Outcome.FAILED, PENNY, cents(5), Certainty.EXACT);
    span.topUp();
    tracker.ledger().settle(first, 1, MORNING);
    clock.advance(LEASE);

    stands(tracker, "0.10", "0");
    assertThat(tracker.entriesOfCall(span.callId()))
        .extracting(LedgerEntry::attempt, LedgerEntry::outcome)
        .containsExactly(
            tuple(1, Outcome.FAILED), tuple(2, Outcome.FAILED), tuple(3, Outcome.LOST));
  }

  @Test
  void aPausedCallCanReserveAnewForItsNextAttempt() {
    CostTracker tracker = tracker(Budget.usd(1));
    CallSpan paused = start(doomed(Budget.usd(1)), 50);
    clock.advance(LEASE);
    stands(tracker, "0", "0");

    paused.record(Outcome.FAILED, PENNY, cents(10), Certainty.EXACT);
    paused.topUp();
    stands(tracker, "0.10", "0.50");
    clock.advance(LEASE);
    assertThat(tracker.entriesOfCall(paused.callId()))
        .extracting(LedgerEntry::outcome)
        .containsExactly(Outcome.FAILED, Outcome.LOST);
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
  void aCallBelongsToTheWindowThatItBeganIn() {
    Budget hourly = Budget.usd(1).per(Period.HOUR);
    CostTracker tracker = tracker(hourly);
    clock.advance(Duration.ofMinutes(59));
    CallSpan old = start(tracker, 60);

    clock.advance(LEASE.dividedBy(3));
    clock.advance(LEASE.dividedBy(3));
    clock.advance(LEASE.dividedBy(3));
    clock.advance(LEASE.dividedBy(3));
    clock.advance(LEASE.dividedBy(3));
    clock.advance(LEASE.dividedBy(3));
    assertThat(clock.instant()).isAfter("2026-11-24T11:00:00Z");
    stands(tracker, "0", "0");
    start(tracker, 100).close();

    old.record(Outcome.FAILED, PENNY, cents(50), Certainty.EXACT);
    stands(tracker, "0", "0");
    assertThat(spentIn(hourly, "2026-11-24T10:00:00Z")).isEqualTo(Usd.of("0.50"));
    // Its next attempt must fit into the hour that has ended, whatever the new one has left.
    assertThatThrownBy(old::topUp)
        .isInstanceOfSatisfying(
            BudgetExceededException.class,
            e -> assertThat(e.status().windowStart()).isEqualTo("2026-11-24T10:00:00Z"));
    old.close();
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
  void keepsWhatWasSpentWhenTheLimitIsChanged() {
    try (CallSpan span = start(tracker(Budget.usd(1)), 90)) {
      span.usage(cents(90));
    }
    stands(tracker(Budget.usd(2)), "0.90", "0");
    start(tracker(Budget.usd(2)), 100).close();
    assertThatThrownBy(() -> start(tracker(Budget.usd("0.50")), 1))
        .isInstanceOf(BudgetExceededException.class);
  }

  @Test
  void trackersThatShareABudgetShareWhatItHas() {
    CostTracker one = tracker(Budget.usd(1));
    CostTracker other = tracker(Budget.usd(1));
    try (CallSpan span = start(one, 60)) {
      stands(other, "0", "0.60");
      assertThatThrownBy(() -> start(other, 41)).isInstanceOf(BudgetExceededException.class);
      span.usage(cents(10));
    }
    stands(other, "0.10", "0");
  }

  @Test
  void trackersWithBudgetsOfTheirOwnAreNotInEachOthersWay() {
    CostTracker search = tracker(Budget.usd(1).named("team=search"));
    CostTracker ads = tracker(Budget.usd(5).named("team=ads"));
    try (CallSpan span = start(ads, 100)) {
      stands(search, "0", "0");
      start(search, 100).close();
      span.usage(cents(70));
    }
    stands(search, "0", "0");
    stands(ads, "0.70", "0");
  }

  @Test
  void settlesAndReleasesOnAThreadThatWasInterrupted() {
    CostTracker tracker = tracker(Budget.usd(1));
    CallSpan span = start(tracker, 50);
    Thread.currentThread().interrupt();
    try (span) {
      span.record(Outcome.CANCELLED, PENNY, cents(20), Certainty.ESTIMATED);
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
        span.record(Outcome.FAILED, PENNY, Usage.ZERO, Certainty.UNKNOWN);
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

  private void spend(CostTracker tracker, String task, long cents) {
    try (CallSpan span = tracker.trackCall(task).model(PENNY).tokens(0, 100).start()) {
      span.usage(cents(cents));
    }
  }

  private Usd spentIn(Budget budget, String window) {
    return store.read(
        sql ->
            sql.first(
                    "SELECT spent_pico FROM cost_spent WHERE budget = ? AND window_start = ?",
                    r -> Usd.ofPico(r.longValue("spent_pico")),
                    budget.key(),
                    Instant.parse(window))
                .orElse(Usd.ZERO));
  }
}
