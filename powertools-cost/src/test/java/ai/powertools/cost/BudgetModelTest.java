package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Time;
import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many threads make calls that end in every way, while time passes and somebody looks on: no budget
 * is ever exceeded, at rest nothing is reserved, and what was spent is what the ledger adds up to.
 */
class BudgetModelTest {
  private static final int THREADS = 16;
  private static final int CALLS = Integer.getInteger("powertools.model.operations", 3_200);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final Duration LEASE = Duration.ofMinutes(10);

  /** Prices of many digits, so that a rounding anywhere would show: a call costs up to 20 cents. */
  private static final Model MODEL =
      Model.builder("acme", "odd")
          .prices(Prices.of(Usd.of("1.234567"), Usd.of("98.765431")))
          .build();

  private static final List<Certainty> CERTAINTIES = List.of(Certainty.values());
  private static final int MOST_TOKENS = 1_000;
  private static final Budget IN_ALL = Budget.of(Usd.of("0.003").times(CALLS));
  private static final Budget HOURLY = Budget.usd(1).named("hourly").per(Period.HOUR);

  private final VirtualClock clock = VirtualClock.create();

  /** Time stands still while a lease is asked for, as no process naps for the length of one. */
  private final ReadWriteLock timePasses = new ReentrantReadWriteLock();

  private final AtomicBoolean finished = new AtomicBoolean();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  @TempDir Path folder;
  private Store store;
  private CostTracker tracker;

  /** The same budgets, in a process that dies whenever it has begun a call. */
  private CostTracker dying;

  @BeforeEach
  void open() {
    store = Store.sqlite(folder.resolve("model.db"));
    tracker = tracker(clock);
    dying = tracker(new ClockOnly(clock));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private CostTracker tracker(Time time) {
    return CostTracker.builder()
        .store(store)
        .time(time)
        .lease(LEASE)
        .budget(HOURLY)
        .budget(IN_ALL)
        .build();
  }

  @Test
  void isNeverOverAndAddsUpToThePicoDollar() throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool();
    Usd spent = Usd.ZERO;
    int samples;
    try {
      Future<Integer> looking = executor.submit(this::lookOn);
      List<Future<Usd>> callers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(SEED + thread);
        callers.add(executor.submit(() -> makeCalls(random)));
      }
      for (Future<Usd> caller : callers) {
        spent = spent.plus(caller.get());
      }
      finished.set(true);
      samples = looking.get();
    } finally {
      finished.set(true);
      executor.shutdownNow();
    }
    clock.advance(LEASE);

    String label =
        "-Dpowertools.seed=%d: %d calls, %d refused, %d abandoned, %d samples, %s spent"
            .formatted(SEED, CALLS, refused.get(), abandoned.get(), samples, spent.format());
    assertThat(tracker.budgets())
        .as(label)
        .allSatisfy(
            status -> {
              assertThat(status.reserved()).isEqualTo(Usd.ZERO);
              assertThat(status.spent()).isLessThanOrEqualTo(status.budget().limit());
            });
    assertThat(count("cost_lease") + count("cost_hold")).as(label).isZero();
    assertThat(spentAnyTime(IN_ALL)).as(label).isEqualTo(spent).isEqualTo(sumOfEntries());
    assertThat(spentAnyTime(HOURLY)).as(label).isEqualTo(spent);
    assertThat(tracker.byTask()).as(label).extracting(SpendingBy::key).contains("whole");
    assertThat(lostEntries()).as(label).isEqualTo(abandoned.get());
    // A run in which nothing was refused or lost, or nobody looked, would prove nothing.
    assertThat(refused.get()).as(label).isPositive();
    assertThat(abandoned.get()).as(label).isPositive();
    assertThat(samples).as(label).isPositive();
  }

  /** Looks again and again; all budgets of one look are read at one moment. */
  private int lookOn() {
    int samples = 0;
    while (!finished.get()) {
      for (BudgetStatus status : tracker.budgets()) {
        assertThat(status.spent().plus(status.reserved()))
            .as("-Dpowertools.seed=%d: %s", SEED, status)
            .isLessThanOrEqualTo(status.budget().limit());
      }
      samples++;
    }
    return samples;
  }

  /** Gives what the calls of one thread cost together. */
  private Usd makeCalls(Random random) {
    Usd spent = Usd.ZERO;
    for (int i = 0; i < CALLS / THREADS; i++) {
      try {
        spent = spent.plus(makeCall(random));
      } catch (BudgetExceededException e) {
        refused.incrementAndGet();
      }
      if (random.nextInt(10) == 0) {
        letTimePass(LEASE.dividedBy(3));
      }
    }
    return spent;
  }

  private Usd makeCall(Random random) {
    int most = 1 + random.nextInt(MOST_TOKENS);
    if (random.nextInt(10) == 0) {
      start(dying, "abandoned", most); // never to be closed
      abandoned.incrementAndGet();
      return Usd.ZERO;
    }
    Usd spent = Usd.ZERO;
    try (CallSpan span = start(tracker, "whole", most)) {
      while (random.nextInt(3) == 0) {
        spent = spent.plus(attempt(span, Outcome.FAILED, most, random));
        if (!toppedUp(span)) {
          return spent;
        }
      }
      Outcome last = random.nextInt(4) == 0 ? Outcome.CANCELLED : Outcome.SUCCEEDED;
      return spent.plus(attempt(span, last, most, random));
    }
  }

  private CallSpan start(CostTracker by, String task, int most) {
    timePasses.readLock().lock();
    try {
      return by.trackCall(task).model(MODEL).tokens(most, most).start();
    } finally {
      timePasses.readLock().unlock();
    }
  }

  private boolean toppedUp(CallSpan span) {
    timePasses.readLock().lock();
    try {
      span.topUp();
      return true;
    } catch (BudgetExceededException e) {
      refused.incrementAndGet();
      return false;
    } finally {
      timePasses.readLock().unlock();
    }
  }

  private Usd attempt(CallSpan span, Outcome outcome, int most, Random random) {
    Certainty certainty = CERTAINTIES.get(random.nextInt(CERTAINTIES.size()));
    Usage usage =
        certainty == Certainty.UNKNOWN
            ? Usage.ZERO
            : Usage.of(random.nextInt(most + 1), random.nextInt(most + 1));
    LedgerEntry entry = span.record(outcome, MODEL, usage, certainty);
    return entry.cost().or(entry::atMost).orElseThrow();
  }

  /** The clock goes on once the renewals that fell due have been written. */
  private void letTimePass(Duration duration) {
    timePasses.writeLock().lock();
    try {
      clock.advance(duration);
      store.update(sql -> {});
    } finally {
      timePasses.writeLock().unlock();
    }
  }

  private long count(String table) {
    return number("SELECT COUNT(*) AS n FROM " + table);
  }

  private long lostEntries() {
    return number("SELECT COUNT(*) AS n FROM cost_entry WHERE outcome = 'LOST'");
  }

  private Usd sumOfEntries() {
    return Usd.ofPico(
        number(
            "SELECT SUM(COALESCE(cost_pico, at_most_pico)) AS n FROM cost_entry"
                + " WHERE outcome <> 'LOST'"));
  }

  private Usd spentAnyTime(Budget budget) {
    return Usd.ofPico(
        number("SELECT SUM(spent_pico) AS n FROM cost_spent WHERE budget = ?", budget.key()));
  }

  private long number(String sql, Object... parameters) {
    return store.read(s -> s.first(sql, r -> r.longValue("n"), parameters)).orElseThrow();
  }
}
