package ai.powertools.session;

import ai.powertools.core.CancelledException;
import ai.powertools.session.spi.SessionRows;
import ai.powertools.store.Sql;
import ai.powertools.store.Store;
import ai.powertools.store.StoreException;
import ai.powertools.store.WriteMode;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs what threads want to write to sessions, all that is waiting in one transaction of the store:
 * each on rows in memory that come from the database when they are first asked for and go there
 * once, at the end. One that throws leaves nothing; one that asks for more than single rows is run
 * afterwards in a transaction of its own.
 */
final class Combiner {
  /** Bounds what one transaction can make others wait for. */
  private static final int MOST = 512;

  /** Where the store is a file of this machine, one flush serves all commits before it. */
  private static final WriteMode MODE = WriteMode.DURABLE.done(WriteMode.Done.DURABLE_SEEN_SOONER);

  /**
   * One for each store, since all of it is on one connection, whose own writes the mark of the
   * cache does not tell of.
   */
  private static final Map<Store, WeakReference<Combiner>> OF = new WeakHashMap<>();

  private final Store store;
  private final RowCache cache = new RowCache();

  /** Without locks: a thread that is stopped while it holds one would hold up all others. */
  private final Queue<Task<?>> waiting = new ConcurrentLinkedQueue<>();

  private final AtomicBoolean asked = new AtomicBoolean();

  /** The thread that runs the store's transactions, once it is known. */
  private volatile @Nullable Thread writer;

  private Combiner(Store store) {
    this.store = store;
  }

  /** The one of a store. */
  static Combiner of(Store store) {
    synchronized (OF) {
      WeakReference<Combiner> known = OF.get(store);
      Combiner there = known == null ? null : known.get();
      if (there == null) {
        there = new Combiner(store);
        OF.put(store, new WeakReference<>(there));
      }
      return there;
    }
  }

  <T> T write(Function<SessionRows, T> work) {
    if (store.isOwnThread() || Thread.currentThread() == writer) {
      throw new SessionException(
          "The session was called from within a transaction, or from what hangs on one, which would"
              + " wait for itself. Use what the transaction was given, or another thread.",
          null);
    }
    Task<T> task = new Task<>(work);
    add(task);
    return await(task);
  }

  private void add(Task<?> task) {
    waiting.add(task);
    if (asked.compareAndSet(false, true)) {
      try {
        ask();
      } catch (RuntimeException e) {
        failAll(e);
      }
    }
  }

  /** Asks the store for a turn; whoever waits by then goes along. */
  private void ask() {
    Turn turn = new Turn();
    CompletableFuture<Boolean> unused =
        store.writeAsync(MODE, turn::run).whenComplete((done, failure) -> turn.end(failure));
  }

  /** The store takes no more: it was closed, or this is one of its own transactions. */
  private void failAll(RuntimeException why) {
    do {
      take().forEach(task -> task.fail(why));
    } while (!waiting.isEmpty());
  }

  private List<Task<?>> take() {
    asked.set(false); // first, so that who comes from now on asks again
    List<Task<?>> taken = new ArrayList<>();
    Task<?> next = waiting.poll();
    while (next != null) {
      if (next.begin()) {
        taken.add(next);
      }
      next = taken.size() < MOST ? waiting.poll() : null;
    }
    return taken;
  }

  /** One transaction of the store. */
  private final class Turn {
    private @Nullable List<Task<?>> taken;

    boolean run(Sql sql) {
      writer = Thread.currentThread();
      List<Task<?>> tasks = taken;
      if (tasks == null) {
        tasks = take();
        taken = tasks;
      } else {
        cache.clear(); // it holds what the transaction that came to nothing would have written
      }
      CombinedRows rows = new CombinedRows(sql, cache);
      for (Task<?> task : tasks) {
        task.run(rows);
      }
      rows.flush();
      return true;
    }

    /** Not on a caller's thread: it may do no more than hand on. */
    void end(@Nullable Throwable failure) {
      List<Task<?>> tasks = taken;
      if (tasks == null) {
        // The store never ran it: it was closed, or can't be reached.
        tasks = take();
      }
      askForTheRest();
      if (failure == null) {
        tasks.forEach(this::tell);
        return;
      }
      cache.distrust();
      if (tasks.size() > 1 && mayBeTheFaultOfOne(failure)) {
        tasks.forEach(Combiner.this::runAlone);
      } else {
        tasks.forEach(task -> task.fail(failure));
      }
    }

    private void tell(Task<?> task) {
      if (task.wantsMore()) {
        runAlone(task);
      } else {
        task.tell();
      }
    }
  }

  /** More may have come than one turn takes. */
  private void askForTheRest() {
    if (!waiting.isEmpty() && asked.compareAndSet(false, true)) {
      try {
        ask();
      } catch (RuntimeException e) {
        failAll(e);
      }
    }
  }

  private void runAlone(Task<?> task) {
    try {
      CompletableFuture<Boolean> unused =
          store
              .writeAsync(
                  MODE,
                  sql -> {
                    writer = Thread.currentThread();
                    cache.clear();
                    task.runOn(new SqlRows(sql));
                    return true;
                  })
              .whenComplete(
                  (done, failure) -> {
                    if (failure == null) {
                      task.tell();
                    } else {
                      cache.distrust();
                      task.fail(failure);
                    }
                  });
    } catch (RuntimeException e) {
      task.fail(e);
    }
  }

  private static boolean mayBeTheFaultOfOne(Throwable failure) {
    return !(failure instanceof StoreException refused)
        || switch (refused.kind()) {
          case BUSY, CONFLICT, UNAVAILABLE, IN_DOUBT, READ_ONLY, SCHEMA -> false;
          case CONSTRAINT, FULL, CORRUPT, STATEMENT, UNSUPPORTED, MISUSE -> true;
        };
  }

  private static <T> T await(Task<T> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.result().get();
        } catch (InterruptedException e) {
          if (task.withdraw()) {
            throw CancelledException.interrupted("waiting to write; nothing was written", e);
          }
          interrupted = true; // only its outcome can be told, not whether it should have been
        } catch (ExecutionException e) {
          throw task.failure();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
