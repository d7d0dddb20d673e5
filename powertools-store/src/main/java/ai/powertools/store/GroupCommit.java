package ai.powertools.store;

import ai.powertools.core.Time;
import ai.powertools.store.StoreException.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one thread of a store that writes. It takes whatever is waiting, runs each piece within a
 * savepoint of its own, commits once, and only then tells the callers: a flush of the disk is
 * shared by all who waited for it, and one that fails takes nobody with it.
 */
final class GroupCommit implements AutoCloseable {
  /** Lost races against other processes before giving up. */
  private static final int MOST_CONFLICTS = 30;

  private final Engine engine;
  private final WriteQueue queue = new WriteQueue();
  private final Backoff backoff;
  private final Thread thread;
  private final Flusher flusher;
  private boolean inTransaction; // of the writing thread
  private final AtomicLong commits = new AtomicLong();
  private volatile Runnable committed = () -> {};

  GroupCommit(Engine engine, Time time) {
    this.engine = engine;
    this.backoff = new Backoff(time);
    this.flusher = new Flusher(engine);
    // Not from Threads: a flush within SQLite's native code would hold a virtual thread's carrier.
    this.thread = new Thread(this::work, "powertools-store " + engine.location());
    thread.setDaemon(true);
    thread.start();
  }

  void submit(PendingWrite<?> pending) {
    if (!queue.add(pending)) {
      throw closed(engine);
    }
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread || flusher.isCurrentThread();
  }

  /** Whether the current thread runs a transaction's own code. */
  boolean isInTransaction() {
    return Thread.currentThread() == thread && inTransaction;
  }

  long commits() {
    return commits.get();
  }

  /** Called after every commit from now on, by the writing thread. */
  void onCommit(Runnable listener) {
    committed = listener;
  }

  /** Finishes what is waiting and ends the thread. */
  @Override
  public void close() {
    queue.close();
    join(thread);
    flusher.close();
  }

  /** What was accepted is finished, also when somebody asks to hurry. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static StoreException closed(Engine engine) {
    return new StoreException(
        Kind.MISUSE, "The store at " + engine.location() + " is closed. Open it again.", null);
  }

  private void work() {
    List<PendingWrite<?>> group = queue.takeGroup();
    while (!group.isEmpty()) {
      commit(group);
      group = queue.takeGroup();
    }
  }

  private void commit(List<PendingWrite<?>> group) {
    try {
      keep(group);
    } catch (Throwable e) { // nobody may wait for ever, whatever happened
      if (group.size() > 1 && mayBeTheFaultOfOne(e)) {
        group.forEach(one -> commit(List.of(one)));
      } else {
        group.forEach(one -> one.fail(e));
      }
      return;
    }
    if (group.get(0).mode().done() == WriteMode.Done.DURABLE_SEEN_SOONER
        && engine.canFlushLater()) {
      flusher.add(group);
    } else {
      group.forEach(PendingWrite::tell);
    }
  }

  /**
   * A constraint that is checked at the commit, a disk that only the largest one fills: errors
   * after which nothing was kept, and which may not come up again for the others.
   */
  private static boolean mayBeTheFaultOfOne(Throwable e) {
    return e instanceof StoreException refused
        && (refused.kind() == Kind.CONSTRAINT
            || refused.kind() == Kind.FULL
            || refused.kind() == Kind.STATEMENT);
  }

  private void keep(List<PendingWrite<?>> group) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      Thread.interrupted(); // left by a transaction's own code; it means nothing to the next one
      try {
        attempt(group);
        return;
      } catch (StoreException e) {
        if (e.kind() != Kind.CONFLICT || tries == MOST_CONFLICTS) {
          throw e;
        }
      }
      Thread.interrupted();
      backoff.pause(tries);
    }
  }

  private void attempt(List<PendingWrite<?>> group) {
    Link link = engine.takeWriter();
    boolean healthy = false;
    try {
      if (group.get(0).isMigration()) {
        link.run(engine.beginMigration());
      } else {
        engine.beginWrite(link, group.get(0).mode());
      }
      if (group.size() == 1) {
        healthy = runAlone(group.get(0), link);
      } else {
        for (PendingWrite<?> pending : group) {
          runInSavepoint(pending, link);
        }
        commit(link);
        healthy = true;
      }
    } catch (SQLException e) {
      healthy = link.rolledBack(e);
      throw engine.failure("write", e);
    } catch (Throwable e) {
      healthy = link.rolledBack(e);
      throw e;
    } finally {
      engine.giveBack(link, healthy);
    }
  }

  private boolean runAlone(PendingWrite<?> pending, Link link) throws SQLException {
    run(pending, link);
    Throwable failure = pending.failure();
    if (failure != null) {
      return link.rolledBack(failure);
    }
    commit(link);
    return true;
  }

  private void runInSavepoint(PendingWrite<?> pending, Link link) throws SQLException {
    link.run("SAVEPOINT one");
    JdbcSql sql = run(pending, link);
    if (pending.failure() != null) {
      rollBackOne(link, sql);
    }
    link.run("RELEASE SAVEPOINT one");
  }

  private JdbcSql run(PendingWrite<?> pending, Link link) {
    JdbcSql sql = JdbcSql.writing(link, engine);
    inTransaction = true;
    try {
      pending.run(sql);
    } finally {
      inTransaction = false;
    }
    StoreException failure = sql.failure();
    if (failure != null && failure.kind() == Kind.CONFLICT) {
      throw failure;
    }
    return sql;
  }

  private static void rollBackOne(Link link, JdbcSql sql) throws SQLException {
    try {
      link.run("ROLLBACK TO SAVEPOINT one");
    } catch (SQLException e) {
      // The statement's failure took all with it: a lost connection, or a full disk in SQLite.
      StoreException failure = sql.failure();
      if (failure == null) {
        throw e;
      }
      throw failure;
    }
  }

  private void commit(Link link) throws SQLException {
    try {
      link.run("COMMIT");
    } catch (SQLException e) {
      StoreException failure = engine.failure("commit", e);
      throw failure.kind() == Kind.UNAVAILABLE ? inDoubt(failure) : failure;
    }
    commits.incrementAndGet();
    committed.run();
  }

  private StoreException inDoubt(StoreException failure) {
    return new StoreException(
        Kind.IN_DOUBT,
        "The connection to "
            + engine.location()
            + " broke during the commit: what was written may have been kept or not."
            + " Read it again before writing it again.",
        failure);
  }
}
