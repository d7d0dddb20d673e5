package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import ai.powertools.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of many who write at the same time, on every database. */
abstract class WritersContract extends OpenStore {

  /** Keeps the writing thread busy, so that what is submitted meanwhile shares the next commit. */
  private final class Gate implements AutoCloseable {
    private final CountDownLatch open = new CountDownLatch(1);
    private final CompletableFuture<Boolean> passed;

    Gate() {
      CountDownLatch there = new CountDownLatch(1);
      passed =
          store.writeAsync(
              sql -> {
                there.countDown();
                await(open);
                return true;
              });
      await(there);
    }

    CompletableFuture<Boolean> submit(String text) {
      return submit(
          sql -> {
            insert(sql, text);
            return true;
          });
    }

    CompletableFuture<Boolean> submit(Transaction<Boolean> work) {
      CompletableFuture<Boolean> future = store.writeAsync(work);
      assertThat(future).isNotDone();
      return future;
    }

    @Override
    public void close() {
      open.countDown();
      passed.join();
    }
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thoseWhoWaitTogetherShareOneCommit() {
    List<CompletableFuture<Boolean>> all = new ArrayList<>();
    long before;
    try (Gate gate = new Gate()) {
      before = store.commits();
      for (int i = 0; i < 100; i++) {
        all.add(gate.submit("n" + i));
      }
    }
    all.forEach(CompletableFuture::join);

    assertThat(store.commits() - before)
        .as("the gate's commit, and one for the hundred")
        .isEqualTo(2);
    assertThat(texts()).hasSize(100).startsWith("n0", "n1").endsWith("n99");
  }

  @Test
  void oneThatFailsTakesNobodyWithIt() {
    IllegalStateException mine = new IllegalStateException("no");
    CompletableFuture<Boolean> good;
    CompletableFuture<Boolean> throwing;
    CompletableFuture<Boolean> refused;
    CompletableFuture<Boolean> wrong;
    CompletableFuture<Boolean> last;
    try (Gate gate = new Gate()) {
      good = gate.submit("good");
      throwing =
          gate.submit(
              sql -> {
                insert(sql, "never");
                throw mine;
              });
      refused = gate.submit("good");
      wrong = gate.submit(sql -> sql.execute("nonsense") > 0);
      last = gate.submit("last");
    }

    assertThat(good.join()).isTrue();
    assertThat(last.join()).isTrue();
    assertThatThrownBy(throwing::join).hasCause(mine);
    assertThat(failure(refused).kind()).isEqualTo(Kind.CONSTRAINT);
    assertThat(failure(wrong).kind()).isEqualTo(Kind.STATEMENT);
    assertThat(texts()).containsExactly("good", "last");
  }

  @Test
  void alsoWhenOnlyTheCommitFindsOutWhoFails() {
    store.migrate(
        Migrations.of("deferred")
            .step(
                1,
                "CREATE TABLE child (note TEXT REFERENCES note (text) DEFERRABLE INITIALLY DEFERRED)"));
    CompletableFuture<Boolean> good;
    CompletableFuture<Boolean> orphan;
    CompletableFuture<Boolean> last;
    try (Gate gate = new Gate()) {
      good = gate.submit("good");
      orphan = gate.submit(sql -> sql.execute("INSERT INTO child VALUES ('nobody')") > 0);
      last = gate.submit("last");
    }

    assertThat(good.join()).isTrue();
    assertThat(last.join()).isTrue();
    assertThat(failure(orphan).kind()).isEqualTo(Kind.CONSTRAINT);
    assertThat(texts()).containsExactly("good", "last");
    List<String> children =
        store.read(sql -> sql.query("SELECT note FROM child", r -> r.string("note")));
    assertThat(children).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(WriteMode.Done.class)
  void everyModeKeepsWhatItWrites(WriteMode.Done done) {
    WriteMode mode = WriteMode.DURABLE.done(done).exclusive("notes");
    List<CompletableFuture<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String text = "n" + i;
      all.add(
          store.writeAsync(
              mode,
              sql -> {
                insert(sql, text);
                return true;
              }));
    }
    all.forEach(CompletableFuture::join);
    assertThat(texts()).hasSize(50);
    CompletableFuture<Integer> wrong = store.writeAsync(mode, sql -> sql.execute("nonsense"));
    assertThatThrownBy(wrong::join).hasCauseInstanceOf(StoreException.class);
    assertThat(texts()).hasSize(50);
  }

  @Test
  void whatNeedNotReachTheDiskGoesFirstButNotTwiceInARow() {
    WriteMode seen = WriteMode.DURABLE.done(WriteMode.Done.SEEN);
    WriteMode other = seen.exclusive("other");
    List<CompletableFuture<Boolean>> all = new ArrayList<>();
    try (Gate gate = new Gate()) {
      all.add(gate.submit("durable"));
      all.add(submit(seen, "seen"));
      all.add(submit(other, "other"));
    }
    all.forEach(CompletableFuture::join);
    assertThat(texts()).containsExactly("seen", "durable", "other");
  }

  private CompletableFuture<Boolean> submit(WriteMode mode, String text) {
    return store.writeAsync(
        mode,
        sql -> {
          insert(sql, text);
          return true;
        });
  }

  @Test
  void runsAStatementForManyRows() {
    int changed =
        store.write(
            sql ->
                sql.executeAll(
                    "INSERT INTO note (text, number) VALUES (?, ?)",
                    List.of(new Object[] {"a", 1}, new Object[] {"b", 2})));
    assertThat(changed).isEqualTo(2);
    assertThat(texts()).containsExactly("a", "b");
    assertThat(store.<Integer>write(sql -> sql.executeAll("DELETE FROM note", List.of()))).isZero();
    assertThat(texts()).hasSize(2);
    assertThat(
            kind(
                () ->
                    store.write(
                        sql ->
                            sql.executeAll(
                                "INSERT INTO note (text) VALUES (?)",
                                List.of(new Object[] {"c"}, new Object[] {"a"})))))
        .isEqualTo(Kind.CONSTRAINT);
    assertThat(kind(() -> store.read(sql -> sql.executeAll("DELETE FROM note", List.of()))))
        .isEqualTo(Kind.MISUSE);
    assertThat(texts()).hasSize(2);
  }

  @Test
  void aLockNeedsAName() {
    assertThatThrownBy(() -> WriteMode.DURABLE.exclusive(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A lock needs a name.");
  }

  @Test
  void losesNoIncrementOfManyThreads() throws Exception {
    int threads = 8;
    int each = 50;
    inThreads(
        threads,
        () -> {
          for (int i = 0; i < each; i++) {
            increment(store);
            assertThat(count(store)).isPositive();
          }
        });
    assertThat(count(store)).isEqualTo(threads * each);
  }

  @Test
  void refusesToBeCalledFromWithinATransaction() {
    List<Runnable> calls =
        List.of(
            () -> store.update(inner -> {}),
            () -> store.writeAsync(inner -> 1).join(),
            () -> store.read(inner -> 1),
            () -> store.migrate(Migrations.of("inner").step(1, "CREATE TABLE t (a TEXT)")),
            () -> store.close());
    for (Runnable call : calls) {
      assertThat(
              refusal(
                  () ->
                      store.update(
                          sql -> {
                            insert(sql, "x");
                            call.run();
                          })))
          .hasMessage(
              "The store was called from within a transaction, which would wait for itself."
                  + " Use the Sql that the transaction was given.")
          .returns(Kind.MISUSE, StoreException::kind);
    }
    assertThat(texts()).isEmpty();
  }

  @Test
  void completesAFutureOnlyWhenTheTransactionIsKept() {
    List<String> seen = new ArrayList<>();
    try (Gate gate = new Gate()) {
      CompletableFuture<Boolean> future = gate.submit("x");
      future
          .thenRun(() -> seen.add("told"))
          .thenRun(() -> store.close())
          .exceptionally(
              e -> {
                seen.add(((StoreException) e.getCause()).kind().name());
                return null;
              });
    }
    store.update(sql -> insert(sql, "y"));

    assertThat(seen)
        .as("on the writing thread, which can't close")
        .containsExactly("told", "MISUSE");
    assertThat(texts()).containsExactly("x", "y");
  }

  @Test
  void anInterruptWithdrawsWhatHasNotBegun() {
    try (Gate gate = new Gate()) {
      assertThat(gate.passed).isNotDone();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> store.update(sql -> insert(sql, "withdrawn")))
          .isInstanceOf(CancelledException.class)
          .hasMessage("Interrupted while waiting to write; nothing was written.");
      assertThat(Thread.interrupted()).as("the flag is restored").isTrue();
    }
    store.update(sql -> insert(sql, "after"));
    assertThat(texts()).containsExactly("after");
  }

  @Test
  void anInterruptLaterStillTellsTheOutcome() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicReference<String> outcome = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              outcome.set(
                  store.write(
                      sql -> {
                        begun.countDown();
                        await(end);
                        insert(sql, "kept");
                        return "kept";
                      }));
              flag.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    begun.await();
    caller.interrupt();
    while (caller.isInterrupted()) {
      Thread.onSpinWait(); // until the call has seen it
    }
    end.countDown();
    caller.join();

    assertThat(outcome).hasValue("kept");
    assertThat(flag).as("the flag is restored").isTrue();
    assertThat(texts()).containsExactly("kept");
  }

  @Test
  void anInterruptThatATransactionLeavesDoesNotReachTheNextOne() {
    store.update(sql -> Thread.currentThread().interrupt());
    boolean seen = store.write(sql -> Thread.currentThread().isInterrupted());
    assertThat(seen).isFalse();
  }

  @Test
  void closingFinishesWhatWaitsAndRefusesWhatComes() throws Exception {
    CompletableFuture<Boolean> waiting;
    Thread closer = new Thread(store::close);
    try (Gate gate = new Gate()) {
      waiting = gate.submit("accepted");
      closer.start();
      closer.interrupt(); // doesn't keep it from finishing
    }
    closer.join();
    store.close();

    assertThat(waiting).isCompletedWithValue(true);
    List<Runnable> calls =
        List.of(
            () -> store.update(sql -> {}),
            () -> store.writeAsync(sql -> 1).join(),
            () -> store.read(sql -> 1),
            () -> store.migrate(TABLES));
    for (Runnable call : calls) {
      assertThat(refusal(call::run))
          .hasMessage("The store at " + store.location() + " is closed. Open it again.")
          .returns(Kind.MISUSE, StoreException::kind);
    }
  }

  static StoreException failure(CompletableFuture<?> future) {
    try {
      throw new AssertionError("it gave " + future.join());
    } catch (CompletionException e) {
      return (StoreException) e.getCause();
    }
  }

  /** Runs it in so many threads that begin together, and throws what one of them threw. */
  static void inThreads(int threads, Runnable work) throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    AtomicReference<Throwable> failed = new AtomicReference<>();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                await(begin);
                work.run();
              });
      thread.setUncaughtExceptionHandler((t, e) -> failed.compareAndSet(null, e));
      thread.start();
      all.add(thread);
    }
    begin.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    if (failed.get() != null) {
      throw new AssertionError("a thread failed", failed.get());
    }
  }
}
