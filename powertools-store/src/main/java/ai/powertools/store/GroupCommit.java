package ai.powertools.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a store that writes. It takes whatever is waiting, runs each piece within a
 * savepoint of its own, commits once, and only then tells the callers: a flush of the disk is
 * shared by all who waited for it, and one that fails takes nobody with it.
 */
final class GroupCommit implements AutoCloseable {
  /** Bounds what one commit can make others wait for. */
  private static final int MOST_PER_GROUP = 512;

  /** Lost races against other processes before giving up. */
  private static final int MOST_CONFLICTS = 30;

  private static final long LONGEST_BACKOFF_MICROS = 50_000;

  private final Engine engine;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<PendingWrite<?>> waiting = new ArrayDeque<>();
  private final Thread thread;
  private boolean closing;
  private final AtomicLong commits = new AtomicLong();

  GroupCommit(Engine engine) {
    this.engine = engine;
    this.thread = new Thread(this::work, "powertools-store " + engine.location());
    thread.setDaemon(true);
    thread.start();
  }

  void submit(PendingWrite<?> pending) {
    lock.lock();
    try {
      if (closing) {
        throw closed(engine);
      }
      waiting.add(pending);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  long commits() {
    return commits.get();
  }

  /** Finishes what is waiting and ends the thread. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // what was accepted is finished all the same
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static StoreException closed(Engine engine) {
    return new StoreException(
        StoreException.Kind.MISUSE,
        "The store at " + engine.location() + " is closed. Open it again.",
        null);
  }

  private void work() {
    List<PendingWrite<?>> group = takeGroup();
    while (!group.isEmpty()) {
      commit(group);
      group = takeGroup();
    }
  }

  /** What is waiting, as soon as something is; empty when the store is closed. */
  private List<PendingWrite<?>> takeGroup() {
    lock.lock();
    try {
      List<PendingWrite<?>> group = new ArrayList<>();
      while (group.isEmpty()) {
        while (waiting.isEmpty() && !closing) {
          changed.awaitUninterruptibly();
        }
        if (waiting.isEmpty()) {
          return group;
        }
        while (!waiting.isEmpty() && group.size() < MOST_PER_GROUP) {
          PendingWrite<?> next = waiting.remove();
          if (next.begin()) {
            group.add(next);
          }
        }
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void commit(List<PendingWrite<?>> group) {
    try {
      StoreException lost = attempt(group);
      for (int conflicts = 1; lost != null && conflicts < MOST_CONFLICTS; conflicts++) {
        backOff(conflicts);
        lost = attempt(group);
      }
      if (lost != null) {
        fail(group, lost);
        return;
      }
    } catch (Throwable e) { // nobody may wait for ever, whatever happened
      fail(group, e);
      return;
    }
    commits.incrementAndGet();
    group.forEach(PendingWrite::tell);
  }

  private static void fail(List<PendingWrite<?>> group, Throwable why) {
    group.forEach(pending -> pending.fail(why));
  }

  /** One try at the whole group; gives the conflict that it lost to, if it did. */
  private @Nullable StoreException attempt(List<PendingWrite<?>> group) {
    Link link;
    try {
      link = engine.takeWriter();
    } catch (SQLException e) {
      throw engine.failure("connect", e);
    }
    JdbcSql sql = new JdbcSql(link, engine);
    boolean healthy = false;
    try {
      link.run(engine.beginWrite());
      for (PendingWrite<?> pending : group) {
        runInSavepoint(pending, link, sql);
        if (sql.conflict() != null) {
          link.run("ROLLBACK");
          healthy = true;
          return sql.conflict();
        }
      }
      link.run("COMMIT");
      healthy = true;
      return null;
    } catch (SQLException e) {
      healthy = rolledBack(link, e);
      StoreException failure = engine.failure("commit", e);
      if (failure.kind() == StoreException.Kind.CONFLICT) {
        return failure;
      }
      throw failure;
    } finally {
      sql.end();
      engine.giveBack(link, healthy);
    }
  }

  private static void runInSavepoint(PendingWrite<?> pending, Link link, JdbcSql sql)
      throws SQLException {
    link.run("SAVEPOINT one");
    pending.run(sql);
    if (pending.failed() && sql.conflict() == null) {
      link.run("ROLLBACK TO SAVEPOINT one");
    }
    if (sql.conflict() == null) {
      link.run("RELEASE SAVEPOINT one");
    }
  }

  private static boolean rolledBack(Link link, SQLException cause) {
    try {
      link.run("ROLLBACK");
      return true;
    } catch (SQLException e) {
      cause.addSuppressed(e);
      return false;
    }
  }

  /** Waits a random while, longer on average each time, so that the processes fall out of step. */
  private static void backOff(int conflicts) {
    long most = Math.min(LONGEST_BACKOFF_MICROS, 500L << Math.min(conflicts, 16));
    try {
      TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextLong(most) + 1);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread on purpose; a caller's interrupt never reaches it.
      Thread.currentThread().interrupt();
    }
  }
}
