package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks of a state: the same as long as nobody writes, another as soon as somebody has. */
class MarksTest extends OpenStore {
  @TempDir Path folder;

  @Override
  Store open() {
    return Store.sqlite(folder.resolve("state.db"));
  }

  @Test
  void aMarkIsTheSameUntilSomebodyWrites() {
    Mark mark = store.mark().orElseThrow();
    assertThat(texts()).isEmpty();
    assertThat(store.mark()).contains(mark).map(Mark::hashCode).contains(mark.hashCode());
    assertThat(mark).isNotEqualTo("mark").asString().startsWith("mark ");

    increment(store);
    Mark after = store.mark().orElseThrow();
    assertThat(after).isNotEqualTo(mark);
    assertThatThrownBy(
            () ->
                store.update(
                    sql -> {
                      increment(sql);
                      throw new IllegalStateException("thrown");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(store.mark()).as("nothing was kept").contains(after);
  }

  @Test
  void theWriteOfAnotherStoreOrProcessChangesIt() {
    try (Store other = open()) {
      Mark mark = store.mark().orElseThrow();
      assertThat(other.mark()).contains(mark);
      increment(other);
      assertThat(store.mark()).isNotEqualTo(Optional.of(mark)).isEqualTo(other.mark());
    }
    Mark mark = store.mark().orElseThrow();
    String file = folder.resolve("state.db").toString();
    try (JavaProcess process = JavaProcess.start(CountingProcess.class, file, "1", "1")) {
      process.awaitLine("started");
      process.writeLine("go");
      process.awaitLine("done");
    }
    assertThat(store.mark()).isPresent().isNotEqualTo(Optional.of(mark));
    assertThat(count(store)).isEqualTo(2);
  }

  /** What was read under a mark is what there is, for as long as the mark stands. */
  @Test
  void noMarkOutlivesTheStateThatItStandsFor() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong acknowledged = new AtomicLong();
    long kept = 0;
    try (Store other = open()) {
      Thread writer =
          new Thread(
              () -> {
                for (int i = 0; i < 300; i++) {
                  increment(other);
                  acknowledged.incrementAndGet();
                }
                done.set(true);
              });
      writer.start();
      while (!done.get()) {
        Optional<Mark> mark = store.mark();
        long value = count(store);
        if (mark.isPresent() && store.mark().equals(mark)) {
          long before = acknowledged.get();
          if (store.mark().equals(mark)) { // so nothing was written since, acknowledged or not
            assertThat(value).isGreaterThanOrEqualTo(before);
            kept++;
          }
        }
      }
      writer.join();
    }
    assertThat(count(store)).isEqualTo(300);
    assertThat(kept).isPositive();
  }

  @Test
  void lookingDoesNotLoseTheLocksOfTheProcess() {
    store.mark();
    store.close();
    // Had closing a handle given up the locks, the second store would take the log away from here.
    openStore();
    try (Store other = open()) {
      assertThat(other.mark()).isPresent();
    }
    Path index = folder.resolve("state.db-shm");
    assertThat(index).exists();
    increment(store);
    assertThat(count(store)).isEqualTo(1);
    store.close();
    assertThat(Files.exists(index)).isFalse();
    openStore();
    assertThat(store.mark()).isPresent();
  }

  @Test
  void onlyTheWritesOfOthersChangeTheMarkWithinATransaction() {
    Mark mine = store.write(sql -> sql.othersMark().orElseThrow());
    increment(store);
    assertThat(store.<Optional<Mark>>write(Sql::othersMark)).contains(mine);
    try (Store other = open()) {
      increment(other);
    }
    assertThat(store.<Optional<Mark>>write(Sql::othersMark)).isNotEqualTo(Optional.of(mine));
    assertThat(store.<Optional<Mark>>read(Sql::othersMark)).isEmpty();
  }

  @Test
  void thereAreNoMarksWhileTheWriterIsGone() throws Exception {
    Path file = folder.resolve("engine.db");
    SqliteEngine engine = SqliteEngine.file(file);
    try {
      engine.takeWriter().run("CREATE TABLE t (x INTEGER)");
      Mark before = engine.mark().orElseThrow();
      Link reader = engine.takeReader();
      reader.run("SELECT * FROM t");
      engine.giveBack(engine.takeWriter(), false);
      assertThat(engine.mark()).as("what shows them could go any time").isEmpty();

      engine.giveBack(reader, false);
      assertThat(folder.resolve("engine.db-shm")).doesNotExist();
      engine.takeWriter().run("INSERT INTO t VALUES (1)");
      Mark after = engine.mark().orElseThrow();
      assertThat(after).isNotEqualTo(before);
      engine.takeWriter().run("INSERT INTO t VALUES (2)");
      assertThat(engine.mark()).isPresent().isNotEqualTo(Optional.of(after));
    } finally {
      engine.close();
    }
  }

  @Test
  void anInterruptOfTheThreadThatFlushesHurtsNobody() throws Exception {
    WriteMode mode = WriteMode.DURABLE.done(WriteMode.Done.DURABLE_SEEN_SOONER);
    CountDownLatch hung = new CountDownLatch(1);
    AtomicBoolean own = new AtomicBoolean();
    CompletableFuture<Void> after =
        store
            .writeAsync(
                mode,
                sql -> {
                  await(hung);
                  return true;
                })
            .thenRun(
                () -> {
                  own.set(store.isOwnThread());
                  Thread.currentThread().interrupt();
                });
    hung.countDown();
    after.get();
    for (int i = 0; i < 2; i++) {
      store.write(
          mode,
          sql -> {
            increment(sql);
            return true;
          });
    }
    assertThat(count(store)).isEqualTo(2);
    assertThat(own).isTrue();
    assertThat(store.isOwnThread()).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void memoryHasNoMarks() {
    try (Store memory = Store.inMemory()) {
      assertThat(memory.mark()).isEmpty();
    }
    store.close();
    assertThat(kind(() -> store.mark())).isEqualTo(StoreException.Kind.MISUSE);
  }
}
