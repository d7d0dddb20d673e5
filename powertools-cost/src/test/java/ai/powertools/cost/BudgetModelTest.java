package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Usd;
import ai.powertools.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A storm of calls while time passes and somebody looks on: no budget is ever exceeded, at rest
 * nothing is reserved, and what was spent is what the ledger adds up to.
 */
class BudgetModelTest {
  private static final int THREADS = Integer.getInteger("powertools.model.threads", 16);
  private static final int CALLS = Integer.getInteger("powertools.model.operations", 3_200);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final VirtualClock clock = VirtualClock.create();
  private final AtomicLong beyondReservations = new AtomicLong();
  @TempDir Path folder;

  private CostTrackerBuilder builder() {
    CostTrackerBuilder builder =
        CostTracker.builder()
            .catalog(CallStorm.CATALOG)
            .time(clock)
            .lease(LEASE)
            .entriesInMemory(Integer.MAX_VALUE)
            .listener(this::note);
    CallStorm.budgets(CALLS).forEach(builder::budget);
    return builder;
  }

  private void note(CostEvent event) {
    if (event instanceof CostEvent.Overshot overshot) {
      var unused = beyondReservations.addAndGet(Picos.of(overshot.beyondReservation()));
    }
  }

  @Test
  void inMemory() throws Exception {
    neverOver(builder().build(), false);
  }

  @Test
  void onSqlite() throws Exception {
    neverOver(builder().at(folder.resolve("model.db")).build(), false);
  }

  @Test
  void inMemoryWithReservationsThatAreTooSmall() throws Exception {
    neverOver(builder().build(), true);
  }

  @Test
  void onSqliteWithReservationsThatAreTooSmall() throws Exception {
    neverOver(builder().at(folder.resolve("small.db")).build(), true);
  }

  private void neverOver(CostTracker opened, boolean reservesLess) throws Exception {
    try (CostTracker tracker = opened) {
      CallStorm storm = new CallStorm(tracker, SEED, reservesLess, this::letTimePass);
      AtomicBoolean finished = new AtomicBoolean();
      CompletableFuture<Integer> looking =
          CompletableFuture.supplyAsync(() -> lookOn(tracker, finished, reservesLess));
      Usd spent;
      try {
        spent = storm.run(THREADS, CALLS / THREADS);
      } finally {
        finished.set(true);
      }
      int looks = looking.get();
      clock.advance(LEASE.multipliedBy(2));
      check(tracker, storm, spent, looks, reservesLess);
    }
  }

  /** Looks again and again; all budgets of one look are read at one moment. */
  private int lookOn(CostTracker tracker, AtomicBoolean finished, boolean reservesLess) {
    int looks = 0;
    while (!finished.get()) {
      for (BudgetStatus status : tracker.budgets()) {
        if (!reservesLess) {
          assertThat(status.spent().plus(status.reserved()))
              .as("-Dpowertools.seed=%d: %s", SEED, status)
              .isLessThanOrEqualTo(status.budget().limit());
        }
      }
      looks++;
    }
    return looks;
  }

  private void check(
      CostTracker tracker, CallStorm storm, Usd spent, int looks, boolean reservesLess) {
    List<BudgetStatus> budgets = tracker.budgets();
    String label =
        "-Dpowertools.seed=%d: %d calls, %d refused, %d abandoned, %d looks, %s spent"
            .formatted(
                SEED,
                storm.calls.sum(),
                storm.refused.sum(),
                storm.abandoned.sum(),
                looks,
                spent.format());
    System.out.println("BudgetModelTest: " + THREADS + " threads, " + label);
    assertThat(budgets)
        .as(label)
        .hasSizeGreaterThan(3)
        .allSatisfy(
            status -> {
              assertThat(status.reserved()).isEqualTo(Usd.ZERO);
              if (reservesLess) {
                assertThat(status.overshoot())
                    .isLessThanOrEqualTo(Usd.ofPico(beyondReservations.get()));
              } else {
                assertThat(status.overshoot()).isEqualTo(Usd.ZERO);
              }
            });
    assertThat(budgets.get(0).spent()).as(label).isEqualTo(spent).isEqualTo(sumOf(tracker));
    assertThat(sharesOf(budgets)).as(label).isEqualTo(spent);
    LocalDate today = LocalDate.of(2026, 1, 1);
    assertThat(tracker.analysis(today, today).totals().lost())
        .as(label)
        .isEqualTo(storm.abandoned.sum());
    // A run in which nothing was refused or lost, or nobody looked, would prove nothing.
    assertThat(storm.refused.sum()).as(label).isPositive();
    assertThat(storm.abandoned.sum()).as(label).isPositive();
    assertThat(looks).as(label).isPositive();
  }

  /** All entries, each read from the ledger. */
  private static Usd sumOf(CostTracker tracker) {
    return tracker.recent(Integer.MAX_VALUE).stream()
        .map(LedgerEntry::counted)
        .reduce(Usd.ZERO, Usd::plus);
  }

  private static Usd sharesOf(List<BudgetStatus> budgets) {
    return budgets.stream()
        .filter(status -> status.share().startsWith("user="))
        .map(BudgetStatus::spent)
        .reduce(Usd.ZERO, Usd::plus);
  }

  /** What abandoned calls hold lapses on the way. */
  private void letTimePass() {
    clock.advance(Duration.ofMillis(20));
  }
}
