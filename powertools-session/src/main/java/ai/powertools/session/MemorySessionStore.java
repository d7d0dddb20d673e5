package ai.powertools.session;

import ai.powertools.session.spi.SessionRows;
import ai.powertools.session.spi.SessionStore;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/** Sessions that end with the process: no file, no JSON in a database, the same rules. */
final class MemorySessionStore implements SessionStore {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final MemoryRows rows = new MemoryRows();

  @Override
  public <T> T write(Function<SessionRows, T> work) {
    refuseNesting();
    lock.writeLock().lock();
    try {
      boolean kept = false;
      try {
        T result = work.apply(rows);
        kept = true;
        return result;
      } finally {
        rows.end(kept);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public <T> T read(Function<SessionRows, T> work) {
    refuseNesting();
    lock.readLock().lock();
    try {
      return work.apply(rows.readOnly());
    } finally {
      lock.readLock().unlock();
    }
  }

  /** A database would wait for itself; what works here must work there. */
  private void refuseNesting() {
    if (lock.isWriteLockedByCurrentThread() || lock.getReadHoldCount() > 0) {
      throw new SessionException(
          "The session was called from within a transaction, which would wait for itself."
              + " Use what the transaction was given.",
          null);
    }
  }

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
