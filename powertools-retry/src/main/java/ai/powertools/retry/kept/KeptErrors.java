package ai.powertools.retry.kept;

import ai.powertools.core.CancelledException;
import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import ai.powertools.retry.FailedCall;
import ai.powertools.retry.FailureListener;
import ai.powertools.retry.report.ErrorEvent;
import ai.powertools.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The errors of calls, a small row each, kept so that another process can make a report of them
 * later. They hold no secret that {@link ai.powertools.retry.report.Scrub} knows.
 *
 * <p>A call never waits for it: rows are written behind its back, and when the store falls behind
 * by more than {@value #MOST_PENDING} rows, or refuses them, they are dropped and counted. Safe for
 * use by many threads and, on one file or database, by many processes.
 */
public final class KeptErrors implements FailureListener, AutoCloseable {
  private static final int MOST_PENDING = 1_000;
  private static final int PAGE = 500;

  /** How many rows there can be too many, for each process, until the next are pruned. */
  private static final int PRUNED_EACH = 100;

  private final Store store;
  private final boolean ownsStore;
  private final KeptErrorsBuilder.Rules rules;
  private final Time time;
  private final Semaphore pending = new Semaphore(MOST_PENDING);
  private final AtomicLong added = new AtomicLong();
  private final LongAdder dropped = new LongAdder();

  KeptErrors(KeptErrorsBuilder.Rules rules, Time time, Store store, boolean ownsStore) {
    this.rules = rules;
    this.time = time;
    this.store = store;
    this.ownsStore = ownsStore;
    store.migrate(KeptTables.MIGRATIONS);
  }

  /**
   * Those in an SQLite file, which is made if it is not there; close them when done.
   *
   * @throws ConfigurationException if powertools-store is not on the class path
   * @throws ai.powertools.store.StoreException if the file can't be opened
   */
  public static KeptErrors at(Path file) {
    return builder().file(file).build();
  }

  /** Those in a store, which the caller closes after these. */
  public static KeptErrors on(Store store) {
    return builder().store(store).build();
  }

  /** The defaults, to be changed. */
  public static KeptErrorsBuilder builder() {
    return new KeptErrorsBuilder();
  }

  @Override
  public void onFailure(FailedCall call) {
    keep(ErrorEvent.of(call, time.instant()));
  }

  /** Keeps an error. Does not wait for it. */
  public void keep(ErrorEvent event) {
    if (!pending.tryAcquire()) {
      dropped.increment();
      return;
    }
    boolean prunes = added.getAndIncrement() % PRUNED_EACH == 0;
    Instant oldest = time.instant().minus(rules.longestAge());
    try {
      CompletableFuture<Boolean> written =
          store.writeAsync(
              ErrorTable.MODE,
              sql -> {
                ErrorTable.add(sql, event);
                if (prunes) {
                  ErrorTable.prune(sql, rules.mostErrors(), oldest);
                }
                return true;
              });
      var unused = written.whenComplete((done, error) -> settled(error == null));
    } catch (RuntimeException e) {
      settled(false);
      throw e;
    }
  }

  private void settled(boolean kept) {
    if (!kept) {
      dropped.increment();
    }
    pending.release();
  }

  /**
   * All that are kept, the oldest first, one by one; the store may be written to meanwhile.
   *
   * @param since those that came then or later
   */
  public void forEach(Instant since, Consumer<ErrorEvent> reader) {
    long last = 0;
    List<ErrorTable.Numbered> page;
    do {
      page = store.query(ErrorTable.NEXT, ErrorTable::numbered, since, last, PAGE);
      for (ErrorTable.Numbered one : page) {
        reader.accept(one.event());
        last = one.id();
      }
    } while (page.size() == PAGE);
  }

  /** How many errors of this process were not kept. */
  public long dropped() {
    return dropped.sum();
  }

  /**
   * Waits until those that came before are kept.
   *
   * @throws CancelledException if the thread is interrupted; the flag is set again
   */
  public void flush() {
    try {
      pending.acquire(MOST_PENDING);
      pending.release(MOST_PENDING);
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("keeping errors", e);
    }
  }

  /** Waits as {@link #flush} does, then closes the file if it was opened here. Harmless twice. */
  @Override
  public void close() {
    flush();
    if (ownsStore) {
      store.close();
    }
  }
}
