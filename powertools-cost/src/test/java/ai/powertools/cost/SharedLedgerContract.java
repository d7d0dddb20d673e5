package ai.powertools.cost;

import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.cents;
import static ai.powertools.cost.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a ledger has to keep that several trackers share; the subclasses bring the store. */
abstract class SharedLedgerContract extends LedgerContract {
  Store store;

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

  @Override
  CostTrackerBuilder builder() {
    return CostTracker.builder().store(store);
  }

  /** A tracker whose process dies before it can say again that it lives. */
  private CostTracker doomed(Budget... budgets) {
    return tracker(new ClockOnly(clock), budgets);
  }

  /** What the windows of a budget that began at that moment have spent. */
  private Usd spentIn(Budget budget, String window) {
    Counter counter = Counter.of(budget);
    return store.read(
        sql ->
            sql.first(
                    "SELECT spent_pico FROM cost_sum JOIN cost_counter ON id = counter"
                        + " WHERE text = ? AND cell = ?",
                    r -> Usd.ofPico(r.longValue("spent_pico")),
                    counter.text(),
                    counter.spentCell(Instant.parse(window)))
                .orElse(Usd.ZERO));
  }

  @Test
  void theReservationOfAProcessThatDiedLapsesAndCountsNowhere() {
    CostTracker tracker = tracker(Budget.usd(1));
    String lost = start(doomed(Budget.usd(1)), 70).callId();

    clock.advance(LEASE.minusMillis(1));
    stands(tracker, "0", "0.70");
    assertThatThrownBy(() -> start(tracker, 50)).isInstanceOf(BudgetExceededException.class);

    clock.advance(Duration.ofMillis(1));
    start(tracker, 50).notSent();
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
    again(tracker, truth);
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
    LedgerEntry first =
        span.record(Attempt.of(Outcome.FAILED, cents(5), Certainty.EXACT).servedBy(PENNY));
    span.topUp();
    span.record(Attempt.of(Outcome.FAILED, cents(5), Certainty.EXACT).servedBy(PENNY));
    span.topUp();
    again(tracker, first);
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

    paused.record(Attempt.of(Outcome.FAILED, cents(10), Certainty.EXACT).servedBy(PENNY));
    paused.topUp();
    stands(tracker, "0.10", "0.50");
    clock.advance(LEASE);
    assertThat(tracker.entriesOfCall(paused.callId()))
        .extracting(LedgerEntry::outcome)
        .containsExactly(Outcome.FAILED, Outcome.LOST);
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
    start(tracker, 100).notSent();

    old.record(Attempt.of(Outcome.FAILED, cents(50), Certainty.EXACT).servedBy(PENNY));
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
  void keepsWhatWasSpentWhenTheLimitIsChanged() {
    try (CallSpan span = start(tracker(Budget.usd(1)), 90)) {
      span.usage(cents(90));
    }
    stands(tracker(Budget.usd(2)), "0.90", "0");
    start(tracker(Budget.usd(2)), 100).notSent();
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
  void aBudgetCountsTheCallsOfEveryTrackerWhateverBudgetsThatHas() {
    Budget search = Budget.usd(1).where("team", "search");
    CostTracker searching = tracker(search);
    CostTracker free = tracker();
    try (CallSpan span = free.trackCall("t").team("search").model(PENNY).tokens(0, 70).start()) {
      stands(searching, "0", "0.70");
      span.usage(cents(60));
    }
    try (CallSpan span = free.trackCall("t").team("ads").model(PENNY).tokens(0, 70).start()) {
      stands(searching, "0.60", "0");
      span.usage(cents(60));
    }
    stands(searching, "0.60", "0");
  }

  @Test
  void aBudgetThatIsRenamedOrNewKnowsWhatWasSpentBefore() {
    CostTracker first = tracker(Budget.usd(9).per(Period.DAY));
    spend(first, "chat", 30);
    spend(first, "code", 20);
    CallSpan underWay = start(first, 10);

    stands(tracker(Budget.usd(5).per(Period.DAY).named("renamed")), "0.50", "0.10");
    stands(tracker(Budget.usd(5).per(Period.MONTH)), "0.50", "0.10");
    stands(tracker(Budget.usd(5).rolling(Duration.ofHours(3))), "0.50", "0.10");
    stands(tracker(Budget.usd(5).where("task", "chat")), "0.30", "0");
    assertThat(tracker(Budget.usd(5).forEach("task")).budgets())
        .extracting(BudgetStatus::share, BudgetStatus::spent)
        .containsExactly(
            tuple("task=chat", Usd.of("0.30")),
            tuple("task=code", Usd.of("0.20")),
            tuple("task=test", Usd.ZERO));
    underWay.notSent();
    stands(tracker(Budget.usd(5).per(Period.MONTH)), "0.50", "0");
  }
}
