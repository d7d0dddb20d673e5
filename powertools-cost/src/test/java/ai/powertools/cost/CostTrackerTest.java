package ai.powertools.cost;

import static ai.powertools.cost.Calls.CATALOG;
import static ai.powertools.cost.Calls.FREE;
import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.UNPRICED;
import static ai.powertools.cost.Calls.cents;
import static ai.powertools.cost.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.CostLine;
import ai.powertools.models.UnknownModelException;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.store.StoreException;
import ai.powertools.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostTrackerTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final VirtualClock clock = VirtualClock.create();
  private final CostTrackerBuilder builder =
      CostTracker.builder().catalog(CATALOG).time(clock).lease(LEASE);
  private CostTracker tracker = builder.build();

  @AfterEach
  void close() {
    tracker.close();
    tracker.close();
  }

  private CostTracker with(Budget budget) {
    tracker.close();
    tracker = builder.budget(budget).build();
    return tracker;
  }

  @Test
  void theExampleOfThePackageCostsWhatItSays() {
    try (CostTracker bundled =
        CostTracker.builder().budget(Budget.usd(100).per(Period.MONTH)).build()) {
      try (CallSpan span =
          bundled.trackCall("code_gen").model("gpt-5-mini").tokens(800, 2000).start()) {
        assertThat(bundled.budgets().get(0).reserved()).isEqualTo(Usd.of("0.0042"));
        span.usage(Usage.of(812, 350));
        assertThat(span.total().total()).contains(Usd.of("0.000903"));
      }
      assertThat(bundled.budgets().get(0).spent()).isEqualTo(Usd.of("0.000903"));
      assertThat(bundled.location()).isEqualTo("memory");
    }
  }

  @Test
  void aRefusalSaysWhatWasTriedOnWhatWhyNotAndWhatToDo() {
    with(Budget.usd(100).named("team=search").per(Period.MONTH));
    try (CallSpan spent = start(tracker, 9820)) {
      spent.usage(cents(9820));
    }
    CallSpan inFlight = start(tracker, 110);
    Cost atMost =
        Cost.of(List.of(CostLine.of("call", 1_000_000, Usd.of("0.95"))), Certainty.ESTIMATED);

    assertThatThrownBy(
            () ->
                tracker
                    .trackCall("search")
                    .model(PENNY)
                    .worstCase(atMost)
                    .remedy(
                        "Raise it with budgets.set(…), or route to a cheaper model (gpt-5-mini:"
                            + " at most $0.04).")
                    .start())
        .isInstanceOf(BudgetExceededException.class)
        .hasMessage(
            "Budget \"team=search, monthly\" would be exceeded: spent $98.20 + reserved $1.10 +"
                + " this call at most $0.95 > $100.00. Raise it with budgets.set(…), or route to"
                + " a cheaper model (gpt-5-mini: at most $0.04).");
    inFlight.notSent();
  }

  @Test
  void aRefusalWithoutARemedyOfTheCallersSaysTheObvious() {
    with(Budget.usd("0.10"));

    assertThatThrownBy(() -> start(tracker, 11))
        .hasMessage(
            "Budget \"all calls, in all\" would be exceeded: spent $0.00 + reserved $0.00 + this"
                + " call at most $0.11 > $0.10. Raise the limit, or choose a cheaper model.");
  }

  @Test
  void aPeriodThatEndsIsARemedyToo() {
    with(Budget.usd("0.10").per(Period.DAY));

    assertThatThrownBy(() -> start(tracker, 11))
        .hasMessageEndingWith(
            " > $0.10. Raise the limit, choose a cheaper model, or wait for the next period.");
  }

  @Test
  void nobodyCanReportAnAttemptAsLost() {
    try (CallSpan span = start(tracker, 11)) {
      assertThatThrownBy(
              () ->
                  span.record(
                      Attempt.of(Outcome.LOST, Usage.ZERO, Certainty.UNKNOWN).servedBy(PENNY)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Who reports an attempt has not lost it");
      assertThat(span.attempts()).isZero();
    }
  }

  @Test
  void aZeroLimitRefusesAllThatCostsAndNothingElse() {
    with(Budget.usd(0));

    assertThatThrownBy(() -> start(tracker, 1)).isInstanceOf(BudgetExceededException.class);
    start(tracker, 0).close();
    try (CallSpan span = tracker.trackCall("t").model(FREE).start()) {
      assertThat(span.usage(Usage.of(100, 100)).cost()).contains(Usd.ZERO);
    }
  }

  @Test
  void aFreeModelReservesNothingAndHasNoHeartbeat() {
    with(Budget.usd(1));
    try (CallSpan span = tracker.trackCall("t").model(FREE).start()) {
      span.topUp();
      assertThat(clock.pending()).isZero();
      assertThat(tracker.budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
      span.usage(Usage.of(100, 100));
    }
    clock.advance(LEASE);
    assertThat(tracker.total())
        .isEqualTo(new Spending(Usd.ZERO, 1, 0, Optional.of(Usd.ZERO)))
        .hasToString("$0.00 in 1 attempt");
  }

  @Test
  void anUnknownPriceIsRefusedWhereThereIsABudgetToKeep() {
    with(Budget.usd(1));

    assertThatThrownBy(() -> tracker.trackCall("t").model("unpriced").start())
        .isInstanceOfSatisfying(
            UnknownCostException.class, e -> assertThat(e.model()).isEqualTo("acme/unpriced"))
        .hasMessage(
            "The cost of a call to acme/unpriced is unknown (no price is known for"
                + " acme/unpriced), and an unknown cost can't be kept within a budget. Give the"
                + " model a price (ModelCatalog.with(…)), choose a priced model, or remove the"
                + " budget.");
  }

  @Test
  void anUnknownPriceIsRecordedAsUnknownWhereThereIsNoBudget() {
    try (CallSpan span = tracker.trackCall("t").model("unpriced").start()) {
      LedgerEntry entry = span.usage(Usage.of(1, 1));

      assertThat(entry.cost()).isEmpty();
      assertThat(entry.atMost()).isEmpty();
      assertThat(span.total().certainty()).isEqualTo(Certainty.UNKNOWN);
    }
    assertThat(tracker.total())
        .isEqualTo(new Spending(Usd.ZERO, 1, 1, Optional.empty()))
        .hasToString("$0.00 in 1 attempt, and more for 1 of unknown cost");
  }

  @Test
  void aCallOfUnknownPriceThatIsLostIsWrittenDownAsWell() {
    try (Store store = Store.inMemory()) {
      CostTracker living = builder.store(store).build();
      CostTracker dying = builder.time(new ClockOnly(clock)).build();
      CallSpan lost = dying.trackCall("t").model("unpriced").start();
      clock.advance(LEASE);

      assertThat(living.entriesOfCall(lost.callId()))
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.outcome()).isEqualTo(Outcome.LOST);
                assertThat(entry.atMost()).isEmpty();
              });
    }
  }

  @Test
  void anAttemptServedByAModelOfUnknownPriceCountsWithTheWorstCase() {
    with(Budget.usd(1));
    try (CallSpan span = start(tracker, 30)) {
      span.record(
          Attempt.of(Outcome.SUCCEEDED, Usage.of(1, 1), Certainty.EXACT).servedBy(UNPRICED));
    }
    assertThat(tracker.budgets().get(0).spent()).isEqualTo(Usd.of("0.30"));
    assertThat(tracker.total())
        .hasToString("$0.00 in 1 attempt, and at most $0.30 more for 1 of unknown cost");
  }

  @Test
  void reservesAWholeContextAndTheLongestAnswerUnlessToldLess() {
    with(Budget.usd(100));
    try (CallSpan span = tracker.trackCall("t").model(PENNY).start()) {
      assertThat(tracker.budgets().get(0).reserved()).isEqualTo(Usd.of("11.00"));
      assertThat(span.attempts()).isZero();
    }
  }

  @Test
  void refusesADescriptionThatMakesNoSense() {
    CallDescription call = tracker.trackCall("t");

    assertThatThrownBy(call::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Say which model: model(…).");
    assertThatThrownBy(() -> call.model("nonesuch")).isInstanceOf(UnknownModelException.class);
    assertThatThrownBy(() -> call.tokens(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> call.tokens(0, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> call.firstAttempt(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                call.model(PENNY)
                    .worstCase(
                        Cost.of(List.of(CostLine.of("refund", 1, Usd.of("-1"))), Certainty.EXACT))
                    .start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The ledger keeps amounts from $0");
  }

  @Test
  void aDescriptionStartsOneCall() {
    CallDescription call = tracker.trackCall("t").id("call-1").model(PENNY);
    call.start().close();

    assertThatThrownBy(call::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This call was started before. Describe each call anew with trackCall(…).");
  }

  @Test
  void refusesTwoBudgetsOfTheSameNameAndALeaseThatIsTooShort() {
    CostTrackerBuilder other = CostTracker.builder().budget(Budget.usd(1));

    assertThatThrownBy(() -> other.budget(Budget.usd(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are two budgets \"all calls\". Name them apart with named(…).");
    assertThatThrownBy(() -> other.lease(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anInterruptWithdrawsAReservationThatIsWaitedFor() {
    with(Budget.usd(1));
    Thread.currentThread().interrupt();
    try {
      start(tracker, 10).close(); // it may have been quicker than the interrupt
    } catch (CancelledException e) {
      assertThat(e).hasMessageContaining("nothing was reserved");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(tracker.budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
  }

  @Test
  void countsAndNumbersTheAttemptsOfACall() {
    try (CallSpan span = tracker.trackCall("t").id("c").firstAttempt(3).model(PENNY).start()) {
      span.record(Attempt.of(Outcome.FAILED, Usage.ZERO, Certainty.EXACT).servedBy(PENNY));
      span.topUp();
      span.record(Attempt.of(Outcome.SUCCEEDED, cents(5), Certainty.EXACT).servedBy(PENNY));

      assertThat(span.callId()).isEqualTo("c");
      assertThat(span.attempts()).isEqualTo(2);
      assertThat(span.total().total()).contains(Usd.of("0.05"));
    }
    assertThat(tracker.entriesOfCall("c")).extracting(LedgerEntry::attempt).containsExactly(3, 4);
  }

  @Test
  void anAttemptCanBeRecordedAfterTheCallWasClosedButNotPrepared() {
    with(Budget.usd(1));
    CallSpan span = start(tracker, 50);
    span.notSent();

    span.usage(cents(20));
    assertThat(tracker.budgets().get(0).spent()).isEqualTo(Usd.of("0.20"));
    assertThatThrownBy(span::topUp)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(" is closed. Start another for another attempt.");
    clock.advance(LEASE);
    assertThat(clock.pending()).isZero();
  }

  @Test
  void aCallThatIsDroppedWithoutBeingClosedLapses() {
    with(Budget.usd(1));
    drop();
    assertThat(tracker.budgets().get(0).reserved()).isEqualTo(Usd.of("0.50"));

    // Each round asks for a collection; one finds the span dead, and no renewal follows.
    for (int i = 0; i < 200 && clock.pending() > 0; i++) {
      System.gc();
      clock.advance(LEASE.dividedBy(3));
    }
    clock.advance(LEASE);

    assertThat(clock.pending()).isZero();
    assertThat(tracker.budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
    assertThat(tracker.total().unknown()).isEqualTo(1);
  }

  private void drop() {
    assertThat(start(tracker, 50).attempts()).isZero();
  }

  @Test
  void saysSoWhenTheStoreWasClosedUnderACallAndLeavesTheClockAlone() {
    Store store = Store.inMemory();
    CostTracker shared = builder.store(store).build();
    CallSpan span = start(shared, 10);
    shared.close();
    span.usage(cents(1)); // the store is the caller's, and still open

    store.close();
    clock.advance(LEASE);
    assertThat(clock.pending()).isZero();
    assertThatThrownBy(() -> span.usage(cents(1))).isInstanceOf(StoreException.class);
    assertThat(span.attempts()).isEqualTo(1);
    assertThatThrownBy(span::close).isInstanceOf(StoreException.class);
    assertThatThrownBy(span::close).isInstanceOf(StoreException.class);
  }

  @Test
  void remembersInAFile(@TempDir Path folder) {
    Path file = folder.resolve("costs.db");
    try (CostTracker first = CostTracker.builder().at(file).catalog(CATALOG).build()) {
      try (CallSpan span = start(first, 50)) {
        span.usage(cents(20));
      }
    }
    try (CostTracker second = CostTracker.builder().at(file).catalog(CATALOG).build()) {
      assertThat(second.total().known()).isEqualTo(Usd.of("0.20"));
      assertThat(second.location()).isEqualTo(file.toString());
    }
  }

  @Test
  void doesNotLeaveAStoreOpenThatItCannotUse(@TempDir Path folder) {
    Path file = folder.resolve("costs.db");
    try (Store store = Store.sqlite(file)) {
      store.migrate(ai.powertools.store.Migrations.of("cost").step(1, "CREATE TABLE x (a TEXT)"));
    }

    assertThatThrownBy(() -> CostTracker.builder().at(file).build())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("was edited after it had been applied");
    assertThat(file).exists();
  }
}
