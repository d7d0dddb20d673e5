package ai.powertools.session.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.PowerToolsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What a place of sessions has to hold: extend it, and give {@link #create} your own. The store is
 * empty each time.
 */
public abstract class SessionStoreContract extends SessionRowsContract {

  @Test
  void keepsNothingOfATransactionThatThrows() {
    write(
        rows -> {
          rows.put(head(1, "kept"));
          rows.put(entry(1, "a", 0, 1));
          rows.put(entry(1, "b", 0, 1));
          rows.keep(past(1, "a", 0, 1, 2));
          rows.putShared("s", new byte[] {1});
        });
    String before = dump();
    Consumer<SessionRows> everything =
        rows -> {
          rows.put(head(1, "kept", 7, Optional.of(T0)));
          rows.put(head(2, "new"));
          rows.put(entry(1, "a", 0, 9));
          rows.put(entry(1, "c", 0, 1));
          rows.remove(1, "b", 0);
          rows.keep(past(1, "b", 0, 1, 2));
          rows.forget(past(1, "a", 0, 1, 2));
          rows.putShared("s", new byte[] {2});
          rows.putShared("t", new byte[] {3});
          rows.setAside(entry(1, "a", 0, 1), "why");
        };
    IllegalStateException own = new IllegalStateException("changed my mind");
    for (boolean delete : List.of(false, true)) {
      assertThatThrownBy(
              () ->
                  write(
                      rows -> {
                        everything.accept(rows);
                        if (delete) {
                          rows.delete(1);
                        }
                        throw own;
                      }))
          .isSameAs(own);
      assertThat(dump()).isEqualTo(before);
    }
    write(everything);
    assertThat(dump()).isNotEqualTo(before);
  }

  @Test
  void seesItsOwnChangesBeforeOthersDo() {
    write(
        rows -> {
          rows.put(head(1, "a"));
          rows.put(entry(1, "k", 0, 1));
          rows.putShared("s", new byte[] {1});
          assertThat(rows.session("a")).contains(head(1, "a"));
          assertThat(rows.entry(1, "k", 0)).isPresent();
          assertThat(rows.count(1, "k", T0)).isZero();
          assertThat(rows.names(1, 0, 0, T0)).containsExactly("k");
          assertThat(rows.shared("s")).isPresent();
          rows.delete(1);
          assertThat(rows.session("a")).isEmpty();
          assertThat(rows.entry(1, "k", 0)).isEmpty();
        });
  }

  @Test
  void refusesChangesWhereOnlyIsRead() {
    write(rows -> rows.put(head(1, "a")));
    String before = dump();
    List<Consumer<SessionRows>> changes =
        List.of(
            rows -> rows.put(head(2, "b")),
            rows -> rows.delete(1),
            rows -> rows.put(entry(1, "a", 0, 1)),
            rows -> rows.remove(1, "a", 0),
            rows -> rows.keep(past(1, "a", 0, 1, 2)),
            rows -> rows.forget(past(1, "a", 0, 1, 2)),
            rows -> rows.putShared("s", new byte[1]),
            rows -> rows.setAside(entry(1, "a", 0, 1), "why"));
    for (Consumer<SessionRows> change : changes) {
      assertThatThrownBy(
              () ->
                  read(
                      rows -> {
                        change.accept(rows);
                        return true;
                      }))
          .isInstanceOf(PowerToolsException.class);
    }
    assertThat(dump()).isEqualTo(before);
  }

  @Test
  void refusesToBeCalledFromWithinAWrite() {
    assertThatThrownBy(() -> write(rows -> write(inner -> inner.put(head(1, "a")))))
        .isInstanceOf(PowerToolsException.class)
        .hasMessageContaining("from within a transaction");
    assertThatThrownBy(() -> write(rows -> read(inner -> inner.session("a"))))
        .isInstanceOf(PowerToolsException.class)
        .hasMessageContaining("from within a transaction");
    assertThatThrownBy(() -> write(rows -> store.find("a", "b")))
        .isInstanceOf(PowerToolsException.class)
        .hasMessageContaining("from within a transaction");
    write(rows -> rows.put(head(1, "a"))); // it is none the worse for that
    assertThat(store.find("a", "b")).isPresent();
  }

  @Test
  void losesNoWriteOfManyThreads() throws Exception {
    write(rows -> rows.put(head(1, "count")));
    int threads = 4;
    int each = 50;
    together(
        threads,
        () -> {
          for (int i = 0; i < each; i++) {
            write(
                rows -> {
                  long version = rows.session("count").orElseThrow().version() + 1;
                  rows.put(head(1, "count", version, Optional.empty()));
                  rows.put(entry(1, "log", version, version));
                });
          }
          return true;
        });
    assertThat(one(rows -> rows.session("count")).orElseThrow().version())
        .isEqualTo((long) threads * each);
    assertThat(number(rows -> rows.count(1, "log", T0))).isEqualTo((long) threads * each);
  }

  @Test
  void readsOneStateThoughOthersWrite() throws Exception {
    Consumer<Long> step =
        n ->
            write(
                rows -> {
                  rows.put(head(1, "a", n, Optional.empty()));
                  rows.put(entry(1, "x", 0, n));
                  rows.put(entry(1, "y", 0, n));
                });
    step.accept(0L);
    AtomicBoolean done = new AtomicBoolean();
    together(
        3,
        new AtomicBoolean(),
        first -> {
          if (first) {
            for (long n = 1; n <= 40; n++) {
              step.accept(n);
              assertThat(one(rows -> rows.session("a")).orElseThrow().version()).isEqualTo(n);
            }
            done.set(true);
            return;
          }
          long last = 0;
          while (!done.get()) {
            long[] seen =
                read(
                    rows ->
                        new long[] {
                          rows.entry(1, "x", 0).orElseThrow().version(),
                          rows.session("a").orElseThrow().version(),
                          rows.entry(1, "y", 0).orElseThrow().version()
                        });
            assertThat(seen).containsOnly(seen[0]);
            assertThat(seen[0]).as("never goes back").isGreaterThanOrEqualTo(last);
            last = seen[0];
            SessionStore.FoundValue found = store.find("a", "x").orElseThrow();
            assertThat(found.entry().orElseThrow().version())
                .isEqualTo(found.session().version())
                .isGreaterThanOrEqualTo(last);
            last = found.session().version();
          }
        });
  }

  @Test
  void saysWhereItIs() {
    assertThat(store.location()).isNotBlank().doesNotContain("s3cret");
  }

  /** Everything that can be read of the sessions 1 and 2, as text. */
  private String dump() {
    return read(
        rows -> {
          StringBuilder text = new StringBuilder();
          text.append(rows.sessions("", 99)).append('\n');
          for (long id = 1; id <= 2; id++) {
            text.append(rows.sessionOf(id)).append('\n');
            rows.scan(id, "", Long.MAX_VALUE, 99).forEach(row -> text.append(line(row)));
            rows.scanPast(id, "", Long.MAX_VALUE, Long.MAX_VALUE, 99)
                .forEach(row -> text.append(row.until()).append(line(row.entry())));
          }
          for (String name : rows.sharedNames()) {
            text.append(name).append(rows.shared(name).orElseThrow()[0]).append('\n');
          }
          return text.toString();
        });
  }

  private static String line(EntryRow row) {
    return " %s %d v%d %d bytes%n"
        .formatted(row.name(), row.seq(), row.version(), row.record().length);
  }

  private interface Part {
    void run(boolean first) throws Exception;
  }

  private static void together(int threads, AtomicBoolean taken, Part part) throws Exception {
    together(
        threads,
        () -> {
          part.run(taken.compareAndSet(false, true));
          return true;
        });
  }

  private static void together(int threads, Callable<Boolean> work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Boolean>> done = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        done.add(executor.submit(work));
      }
      for (Future<Boolean> future : done) {
        assertThat(future.get()).isTrue();
      }
    } finally {
      executor.shutdown();
    }
  }
}
