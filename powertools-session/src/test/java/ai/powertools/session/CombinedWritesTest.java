package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import ai.powertools.store.Store;
import ai.powertools.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes of many threads that share one transaction of the store. */
class CombinedWritesTest {
  @TempDir Path folder;

  private Store store;
  private Sessions sessions;
  private Session session;
  private final ExecutorService threads = Executors.newFixedThreadPool(16);

  @BeforeEach
  void open() {
    store = Store.sqlite(folder.resolve("state.db"));
    sessions = Sessions.on(store);
    session = sessions.open("shared");
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    store.close();
  }

  /** Keeps the store's writing thread busy; it is when this returns. */
  private Future<?> keepBusyUntil(CountDownLatch go) throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    Future<?> blocker =
        threads.submit(
            () ->
                store.write(
                    sql -> {
                      busy.countDown();
                      try {
                        go.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return true;
                    }));
    busy.await();
    return blocker;
  }

  /** Runs all of these while the store is busy, so that they wait together. */
  private <T> List<T> together(List<Callable<T>> writes) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Future<?> blocker = keepBusyUntil(go);
    List<Thread> waiting = new ArrayList<>();
    List<AtomicReference<Object>> results = new ArrayList<>();
    for (Callable<T> write : writes) {
      AtomicReference<Object> result = new AtomicReference<>();
      results.add(result);
      Thread thread =
          new Thread(
              () -> {
                try {
                  result.set(write.call());
                } catch (Exception e) {
                  result.set(e);
                }
              });
      waiting.add(thread);
      thread.start();
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    go.countDown();
    blocker.get();
    List<T> all = new ArrayList<>();
    for (int i = 0; i < waiting.size(); i++) {
      waiting.get(i).join();
      @SuppressWarnings("unchecked") // either that or what it threw
      T result = (T) results.get(i).get();
      all.add(result);
    }
    return all;
  }

  @Test
  void allAreKeptAndNumberedOneAfterTheOther() throws Exception {
    List<Callable<Object>> writes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int n = i;
      writes.add(() -> session.append("log", n));
    }
    assertThat(together(writes)).doesNotHaveDuplicates().hasSize(12);
    assertThat(session.size("log")).isEqualTo(12);
    assertThat(session.version()).isEqualTo(12);
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void oneThatThrowsLeavesNothingAndTakesNobodyWithIt() throws Exception {
    List<Object> results =
        together(
            List.of(
                () -> session.append("log", "a"),
                () ->
                    session.transaction(
                        tx -> {
                          tx.append("log", "never");
                          tx.set("never", 1);
                          throw new IllegalStateException("mine");
                        }),
                () -> session.append("log", "b")));
    assertThat(results.get(0)).isEqualTo(1L);
    assertThat(results.get(1)).isInstanceOf(IllegalStateException.class);
    assertThat(results.get(2)).isEqualTo(2L);
    assertThat(session.log("log", String.class)).containsExactly("a", "b");
    assertThat(session.keys()).isEmpty();
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void oneThatAsksForMoreThanRowsComesAfterwards() throws Exception {
    session.appendAll("log", List.of("a", "b", "c"));
    List<Object> results =
        together(
            List.of(
                () -> session.append("log", "d"),
                () -> session.trim("log", 1),
                () -> session.transaction(SessionTransaction::keys),
                () -> session.append("other", "x")));
    assertThat(results.get(1)).isEqualTo(3L);
    assertThat(session.log("log", String.class)).containsExactly("d");
    assertThat(session.append("log", "e")).isEqualTo(5);
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void whatCatchesEverythingIsRunAgainAllTheSame() {
    session.set("a", 1);
    List<String> keys =
        session.transaction(
            tx -> {
              try {
                return tx.keys();
              } catch (Throwable e) {
                return List.of("caught");
              }
            });
    assertThat(keys).containsExactly("a");
  }

  @Test
  void seesWhatOthersHaveWrittenMeanwhile() {
    session.set("count", 1);
    try (Sessions other = Sessions.at(folder.resolve("state.db"))) {
      Session theirs = other.open("shared");
      for (int i = 0; i < 20; i++) {
        session.update("count", Integer.class, now -> now.orElseThrow() + 1);
        assertThat(theirs.get("count", Integer.class)).isEqualTo(2 + 2 * i);
        theirs.update("count", Integer.class, now -> now.orElseThrow() + 1);
        assertThat(session.get("count", Integer.class)).isEqualTo(3 + 2 * i);
      }
      assertThat(theirs.append("log", "x")).isEqualTo(1);
      assertThat(session.append("log", "y")).isEqualTo(2);
      assertThat(theirs.append("log", "z")).isEqualTo(3);
    }
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void moreThanOneTurnTakesComeAllTheSame() throws Exception {
    ExecutorService many = Executors.newFixedThreadPool(64);
    try {
      List<Future<Long>> all =
          IntStream.range(0, 64)
              .mapToObj(
                  t ->
                      many.submit(
                          () -> {
                            long last = 0;
                            for (int i = 0; i < 30; i++) {
                              last = session.append("log " + t, Map.of("n", i));
                            }
                            return last;
                          }))
              .toList();
      for (Future<Long> one : all) {
        assertThat(one.get()).isEqualTo(30);
      }
    } finally {
      many.shutdownNow();
    }
    assertThat(session.version()).isEqualTo(64 * 30);
    assertThat(sessions.verify().isIntact()).isTrue();
  }

  @Test
  void anInterruptWithdrawsWhatHasNotBegun() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Future<?> blocker = keepBusyUntil(go);
    AtomicReference<Object> result = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                session.set("never", 1);
              } catch (CancelledException e) {
                result.set(Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join();
    go.countDown();
    blocker.get();
    assertThat(result.get()).isEqualTo(true);
    session.set("after", 1);
    assertThat(session.keys()).containsExactly("after");
  }

  @Test
  void refusesToWaitForItself() {
    assertThatThrownBy(
            () ->
                store.write(
                    sql -> {
                      session.set("a", 1);
                      return true;
                    }))
        .hasMessageContaining("called from within a transaction");
    session.set("b", 1);
    assertThatThrownBy(
            () ->
                store.write(
                    sql -> {
                      session.set("a", 1);
                      return true;
                    }))
        .hasMessageContaining("called from within a transaction");
    assertThat(session.keys()).containsExactly("b");
  }

  @Test
  void saysSoWhenTheStoreIsClosed() {
    store.close();
    assertThatThrownBy(() -> session.set("a", 1))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void anErrorOfTheDatabaseTakesNothingElseWithIt() throws Exception {
    session.set("a", 1);
    store.update(
        sql ->
            sql.execute(
                "CREATE TRIGGER no_more BEFORE INSERT ON session_entry WHEN NEW.name = 'refused'"
                    + " BEGIN SELECT RAISE(ABORT, 'refused by a trigger'); END"));
    List<Object> results =
        together(
            List.of(
                () -> session.append("log", 1),
                () -> {
                  session.set("refused", 1);
                  return "kept";
                },
                () -> session.append("log", 2)));
    assertThat(results.get(0)).isEqualTo(1L);
    assertThat(results.get(1)).isInstanceOf(StoreException.class);
    assertThat(results.get(2)).isEqualTo(2L);
    assertThat(session.keys()).containsExactly("a");
    assertThat(sessions.verify().problems()).isEmpty();
  }
}
