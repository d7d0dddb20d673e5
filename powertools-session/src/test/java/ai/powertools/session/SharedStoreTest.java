package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.store.Store;
import ai.powertools.store.StoreException;
import ai.powertools.store.WriteMode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions on a store that others use too, or that fails. */
class SharedStoreTest {
  @TempDir Path folder;

  private Store store;

  @BeforeEach
  void open() {
    store = Store.sqlite(folder.resolve("state.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void twoOnOneStoreSeeWhatEachOtherHaveWritten() {
    Sessions one = Sessions.on(store);
    Sessions other = Sessions.on(store);
    Session mine = one.open("shared");
    Session theirs = other.open("shared");
    mine.set("count", 1);
    theirs.set("count", 2);
    assertThatThrownBy(() -> mine.replace("count", 3, 1)).isInstanceOf(StaleSessionException.class);
    assertThat(mine.append("log", "a")).isEqualTo(1);
    assertThat(theirs.append("log", "b")).isEqualTo(2);
    assertThat(mine.append("log", "c")).isEqualTo(3);
    assertThat(mine.log("log", String.class)).containsExactly("a", "b", "c");
    assertThat(mine.version()).isEqualTo(5);

    other.delete("shared");
    assertThatThrownBy(() -> mine.set("count", 4)).hasMessageContaining("was deleted");
    assertThat(one.open("shared").append("log", "new")).isEqualTo(1);
    assertThat(one.verify().problems()).isEmpty();
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nobodyWaitsForEverWhenTheStoreFailsAtOnce() {
    AtomicBoolean fails = new AtomicBoolean();
    Session session = Sessions.on(failing(fails)).open("a");
    fails.set(true);
    assertThatThrownBy(() -> session.set("x", 1)).hasMessage("it is busy");
    fails.set(false);
    session.set("x", 2);
    assertThat(session.get("x", Integer.class)).isEqualTo(2);
  }

  /** A store whose writes have failed before they are waited for. */
  private Store failing(AtomicBoolean fails) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("writeAsync") && fails.get()) {
                return CompletableFuture.failedFuture(new IllegalStateException("it is busy"));
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isRefusedOnTheThreadsOfTheStoreItself() {
    Session session = Sessions.on(store).open("a");
    for (WriteMode.Done done : WriteMode.Done.values()) {
      CountDownLatch hung = new CountDownLatch(1);
      CompletableFuture<Void> after =
          store
              .writeAsync(
                  WriteMode.DURABLE.done(done),
                  sql -> {
                    await(hung); // so that what hangs on it runs on the store's thread
                    return true;
                  })
              .thenRun(() -> session.set("x", 1));
      hung.countDown();
      assertThatThrownBy(() -> after.get(10, TimeUnit.SECONDS))
          .as(done.name())
          .hasMessageContaining("would wait for itself");
    }
    session.set("x", 2);
    assertThat(session.keys()).containsExactly("x");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aTransactionReadsWhatWasCompressedWithADictionaryTrainedMeanwhile() {
    Sessions before = Sessions.builder().on(store).compression(Compression.zstd()).open();
    Session early = before.open("notes");
    early.append("log", "first");
    try (Sessions trainer =
        Sessions.builder().at(folder.resolve("state.db")).compression(Compression.zstd()).open()) {
      Session late = trainer.open("notes");
      List<Map<String, Object>> notes =
          IntStream.range(0, 2_000)
              .mapToObj(
                  i ->
                      Map.<String, Object>of(
                          "role", "assistant", "text", "The answer is " + i, "tokens", i * 3))
              .toList();
      late.appendAll("log", notes);
      assertThat(trainer.trainDictionary(2_000)).isPresent();
      late.set("note", notes.get(7));
    }
    TypeOf<Map<String, Object>> type = new TypeOf<>() {};
    Map<String, Object> read = early.transaction(tx -> tx.find("note", type).orElseThrow());
    assertThat(read).containsEntry("text", "The answer is 7");
  }

  @Test
  void anEntryPutInFrontOfOthersIsNotTheLast() {
    Session session = Sessions.on(store).open("a");
    SqlSessionStore rows = new SqlSessionStore(store, false);
    assertThat(put(rows, session.id(), 5)).isEqualTo(5);
    assertThat(put(rows, session.id(), 3)).isEqualTo(5);
    assertThat(put(rows, session.id(), 7)).isEqualTo(7);
    try (Store other = Store.sqlite(folder.resolve("state.db"))) {
      other.update(sql -> sql.execute("UPDATE session_head SET holder = holder"));
    }
    put(rows, session.id(), 2); // the first after what is known has gone
    assertThat(rows.<Long>write(all -> all.last(session.id(), "log"))).isEqualTo(7);
  }

  private static long put(SqlSessionStore rows, long session, long seq) {
    EntryRow entry =
        new EntryRow(
            session,
            "log",
            seq,
            1,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            new byte[] {1});
    rows.write(
        all -> {
          all.put(entry);
          return true;
        });
    return rows.<Long>write(all -> all.last(session, "log"));
  }

  @Test
  void trainingIsRefusedWithoutCompression() {
    Sessions sessions = Sessions.on(store);
    sessions.open("a").set("x", 1);
    assertThatThrownBy(() -> sessions.trainDictionary(10))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatWaitsWhenTheStoreIsClosedIsToldSo() {
    Session session = Sessions.on(store).open("a");
    store.close();
    assertThatThrownBy(() -> session.removeLog("log")).isInstanceOf(StoreException.class);
  }
}
