package ai.powertools.cost;

import static ai.powertools.cost.Calls.CATALOG;
import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.cents;
import static ai.powertools.cost.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import ai.powertools.models.Certainty;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.store.StoreException;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that share a transaction stand and fall each on its own. */
class SharedTransactionTest {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  private final VirtualClock clock = VirtualClock.create();
  private final Store store = Store.inMemory();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
    store.close();
  }

  private CostTrackerBuilder builder(Store on) {
    return CostTracker.builder().catalog(CATALOG).time(clock).lease(LEASE).store(on);
  }

  /** Keeps the writing thread busy until it is told to go on. */
  private CompletableFuture<Boolean> block() throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(1);
    CompletableFuture<Boolean> goOn = new CompletableFuture<>();
    var unused =
        store.writeAsync(
            sql -> {
              blocked.countDown();
              return goOn.join();
            });
    blocked.await();
    return goOn;
  }

  private long count(String table) {
    return store.read(
        sql ->
            sql.first("SELECT COUNT(*) AS n FROM " + table, r -> r.longValue("n")).orElseThrow());
  }

  @Test
  void whatTheRulesRefuseLeavesNoTraceInTheTransactionItShares() throws Exception {
    CostTracker tracker =
        builder(store)
            .budget(Budget.usd(1).forEach("user"))
            .budget(Budget.usd(1_000).named("all"))
            .build();
    start(tracker, 1).notSent(); // labels, sums and all that the first one learns
    CompletableFuture<Boolean> goOn = block();
    List<Future<CallSpan>> calls = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String user = "user-" + i % 3;
      int cents = i % 2 == 0 ? 30 : 200;
      calls.add(
          threads.submit(
              () -> tracker.trackCall("t").user(user).model(PENNY).tokens(0, cents).start()));
    }
    goOn.complete(true);

    List<CallSpan> begun = new ArrayList<>();
    for (Future<CallSpan> call : calls) {
      try {
        begun.add(call.get());
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(BudgetExceededException.class);
      }
    }
    assertThat(begun).hasSize(9);
    assertThat(count("cost_held")).isEqualTo(9);
    assertThat(tracker.budgets())
        .filteredOn(status -> !status.budget().name().equals("all"))
        .hasSize(3)
        .allSatisfy(status -> assertThat(status.reserved()).isEqualTo(Usd.of("0.90")));
    begun.forEach(CallSpan::notSent);
    assertThat(count("cost_held")).isZero();
  }

  @Test
  void aTransactionThatIsRunAgainSettlesEachOnce() throws Exception {
    AtomicInteger turns = new AtomicInteger();
    Store flaky = new FlakyStore(store, () -> turns.incrementAndGet() % 3 != 0, () -> {});
    CostTracker tracker = builder(flaky).budget(Budget.usd(3).alertAt(50).named("b")).build();
    List<CostEvent> events = new ArrayList<>();
    tracker.addListener(
        event -> {
          synchronized (events) {
            events.add(event);
          }
        });
    List<Future<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      calls.add(
          threads.submit(
              () -> {
                try (CallSpan span = start(tracker, 10)) {
                  span.usage(cents(5));
                  return true;
                } catch (BudgetExceededException e) {
                  return false;
                }
              }));
    }
    int done = 0;
    for (Future<Boolean> call : calls) {
      done += call.get() ? 1 : 0;
    }

    assertThat(turns.get()).isGreaterThan(9);
    assertThat(done).isGreaterThanOrEqualTo(30);
    BudgetStatus status = tracker.budgets().get(0);
    assertThat(status.spent()).isEqualTo(Usd.cents(5L * done));
    assertThat(status.reserved()).isEqualTo(Usd.ZERO);
    assertThat(tracker.total().attempts()).isEqualTo(done);
    assertThat(events).hasSize(1).hasOnlyElementsOfType(CostEvent.ThresholdReached.class);
  }

  @Test
  void whatATransactionHeldThatWasRunAgainLapsesWithItsProcess() {
    AtomicBoolean first = new AtomicBoolean(true);
    CostTracker living = builder(store).budget(Budget.usd(1)).build();
    CostTracker dying =
        builder(new FlakyStore(store, () -> first.getAndSet(false), () -> {}))
            .time(new ClockOnly(clock))
            .build();
    first.set(true);
    start(dying, 70);
    assertThat(first).isFalse();
    assertThat(living.budgets().get(0).reserved()).isEqualTo(Usd.of("0.70"));

    clock.advance(LEASE);
    assertThat(living.budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
    assertThat(living.total().unknown()).isEqualTo(1);
  }

  @Test
  void whatATransactionLearnedThatLostItsWorkIsNotBelieved() {
    CostTracker other = builder(store).build();
    AtomicBoolean loses = new AtomicBoolean();
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    CostTracker tracker =
        builder(new FlakyStore(store, () -> loses.getAndSet(false), () -> meanwhile.get().run()))
            .build();
    List<LedgerEntry> attempts = new ArrayList<>();
    CallSpan mine = CostTracker.builder().build().trackCall("mine").model(PENNY).id("mine").start();
    attempts.add(mine.record(Attempt.failed().used(cents(1), Certainty.EXACT)));
    attempts.add(mine.record(Attempt.succeeded(cents(1)))); // looks at the one before
    // Another set of attributes gets the number that was given to mine and taken back.
    meanwhile.set(
        () ->
            other
                .trackCall("theirs")
                .user("eve")
                .id("theirs")
                .model(PENNY)
                .start()
                .recordLast(Attempt.succeeded(cents(2))));
    loses.set(true);
    tracker
        .ledger()
        .surely(
            accounting -> {
              attempts.forEach(one -> accounting.settle(one, Optional.empty(), false));
              return true;
            });

    assertThat(loses).isFalse();
    assertThat(tracker.entriesOfCall("theirs"))
        .extracting(LedgerEntry::task)
        .containsExactly("theirs");
    assertThat(tracker.entriesOfCall("mine"))
        .extracting(LedgerEntry::task)
        .containsExactly("mine", "mine");
  }

  @Test
  void interruptsAtAnyMomentLoseNoSettlementAndLeaveNothingReserved() throws Exception {
    Random random = new Random(SEED);
    CostTracker tracker = builder(store).budget(Budget.usd(1_000)).build();
    AtomicInteger settled = new AtomicInteger();
    AtomicInteger withdrawn = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    AtomicInteger failures = new AtomicInteger();
    AtomicBoolean finished = new AtomicBoolean();
    for (int i = 0; i < 4; i++) {
      Thread caller =
          new Thread(
              () -> {
                while (!finished.get()) {
                  try (CallSpan span = start(tracker, 10)) {
                    span.recordLast(Attempt.succeeded(cents(1)));
                    settled.incrementAndGet();
                  } catch (CancelledException e) {
                    withdrawn.incrementAndGet();
                  } catch (RuntimeException e) {
                    failures.incrementAndGet();
                  }
                  var unused = Thread.interrupted();
                }
              });
      callers.add(caller);
      caller.start();
    }
    while (settled.get() < 400 || withdrawn.get() < 20) {
      callers.get(random.nextInt(4)).interrupt();
      Thread.onSpinWait();
    }
    finished.set(true);
    for (Thread caller : callers) {
      caller.join();
    }

    String label = "-Dpowertools.seed=%d, %d withdrawn".formatted(SEED, withdrawn.get());
    assertThat(failures.get()).as(label).isZero();
    assertThat(tracker.total().attempts()).as(label).isEqualTo(settled.get());
    BudgetStatus status = tracker.budgets().get(0);
    assertThat(status.spent()).as(label).isEqualTo(Usd.cents(settled.get()));
    assertThat(status.reserved()).as(label).isEqualTo(Usd.ZERO);
    assertThat(count("cost_held")).as(label).isZero();
  }

  @Test
  void everybodyWhoWaitsIsToldWhenTheStoreIsClosed() throws Exception {
    CostTracker tracker = builder(store).budget(Budget.usd(1_000)).build();
    List<CallSpan> open = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      open.add(start(tracker, 10));
    }
    CompletableFuture<Boolean> goOn = block();
    List<Future<LedgerEntry>> waiting = new ArrayList<>();
    for (CallSpan span : open) {
      waiting.add(threads.submit(() -> span.usage(cents(1))));
    }
    Future<?> closing = threads.submit(store::close);
    goOn.complete(true);
    closing.get();

    int told = 0;
    for (Future<LedgerEntry> one : waiting) {
      try {
        told += one.get().counted().equals(Usd.cents(1)) ? 1 : 0;
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(StoreException.class);
        told++;
      }
    }
    assertThat(told).isEqualTo(20);
    assertThatThrownBy(() -> start(tracker, 1))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.MISUSE));
    assertThatThrownBy(() -> open.get(0).recordLast(Attempt.failed()))
        .isInstanceOf(StoreException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BEFORE DELETE ON cost_held", "BEFORE INSERT ON cost_entry"})
  void whatCouldNotBeGivenBackIsGivenBackOnceTheDatabaseLetsIt(String refused) {
    CostTracker tracker = builder(store).budget(Budget.usd(1)).build();
    String refuse = "CREATE TRIGGER no " + refused + " BEGIN SELECT RAISE(ABORT, 'no'); END";
    drop(tracker, refuse);
    for (int i = 0; i < 20; i++) {
      System.gc();
      try {
        tracker.budgets();
      } catch (StoreException e) {
        assertThat(e.kind()).isEqualTo(StoreException.Kind.CONSTRAINT);
      }
    }
    store.update(sql -> sql.execute("DROP TRIGGER no"));

    for (int i = 0; i < 200 && !tracker.budgets().get(0).reserved().isZero(); i++) {
      System.gc();
    }
    assertThat(tracker.budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
    assertThat(tracker.budgets().get(0).spent()).isEqualTo(Usd.of("0.10"));
    clock.advance(LEASE);
    assertThat(clock.pending()).isZero();
  }

  private void drop(CostTracker tracker, String refuse) {
    CallSpan span = start(tracker, 50);
    span.record(Attempt.failed().used(cents(10), Certainty.EXACT));
    store.update(sql -> sql.execute(refuse));
    if (refuse.contains("DELETE")) {
      assertThatThrownBy(span::close).isInstanceOf(StoreException.class);
      assertThatThrownBy(span::topUp).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aReportThatTheDatabaseRefusesSaysSoAsEverythingElse() {
    CostTracker tracker = builder(store).build();
    start(tracker, 10).recordLast(Attempt.succeeded(cents(3)));
    store.update(
        sql ->
            sql.execute(
                "CREATE TRIGGER no BEFORE INSERT ON cost_day BEGIN SELECT RAISE(ABORT, 'no'); END"));

    assertThatThrownBy(tracker::total).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> tracker.prune(clock.instant())).isInstanceOf(StoreException.class);
  }

  @Test
  void oneThatTheDatabaseRefusesTakesNobodyWithIt() throws Exception {
    CostTracker tracker = builder(store).budget(Budget.usd(1_000)).build();
    store.update(
        sql ->
            sql.execute(
                "CREATE TRIGGER no BEFORE INSERT ON cost_entry WHEN NEW.session = 'bad'"
                    + " BEGIN SELECT RAISE(ABORT, 'no'); END"));
    List<CallSpan> open = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      CallDescription call = tracker.trackCall("t").model(PENNY).tokens(0, 10);
      open.add((i == 7 ? call.session("bad") : call.session("good")).start());
    }
    CompletableFuture<Boolean> goOn = block();
    List<Future<LedgerEntry>> settling = new ArrayList<>();
    for (CallSpan span : open) {
      settling.add(threads.submit(() -> span.recordLast(Attempt.succeeded(cents(3)))));
    }
    goOn.complete(true);

    for (int i = 0; i < 20; i++) {
      Future<LedgerEntry> one = settling.get(i);
      if (i == 7) {
        assertThatThrownBy(one::get)
            .cause()
            .isInstanceOfSatisfying(
                StoreException.class,
                e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CONSTRAINT));
      } else {
        assertThat(one.get().counted()).isEqualTo(Usd.of("0.03"));
      }
    }
    assertThat(tracker.budgets().get(0).spent()).isEqualTo(Usd.of("0.57"));
    assertThat(tracker.budgets().get(0).reserved()).isEqualTo(Usd.of("0.10"));
    open.get(7).notSent();
    assertThat(tracker.budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
  }
}
