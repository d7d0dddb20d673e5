package ai.powertools.store;

import ai.powertools.store.StoreException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The thread that makes durable what was committed without waiting for the disk. One flush serves
 * all commits that were made before it began; those made meanwhile share the next.
 */
final class Flusher implements AutoCloseable {
  private final Engine engine;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<PendingWrite<?>> committed = new ArrayList<>();
  private @Nullable Thread thread;
  private boolean closed;

  Flusher(Engine engine) {
    this.engine = engine;
  }

  /** Their callers are told once what they wrote is durable. */
  void add(List<PendingWrite<?>> group) {
    lock.lock();
    try {
      committed.addAll(group);
      if (thread == null) {
        thread = new Thread(this::work, "powertools-store flushes " + engine.location());
        thread.setDaemon(true);
        thread.start();
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /** Finishes what is waiting and ends the thread. */
  @Override
  public void close() {
    Thread running;
    lock.lock();
    try {
      closed = true;
      changed.signal();
      running = thread;
    } finally {
      lock.unlock();
    }
    if (running != null) {
      GroupCommit.join(running);
    }
  }

  private void work() {
    List<PendingWrite<?>> group = next();
    while (!group.isEmpty()) {
      flush(group);
      group = next();
    }
  }

  private List<PendingWrite<?>> next() {
    lock.lock();
    try {
      while (committed.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<PendingWrite<?>> group = committed;
      committed = new ArrayList<>();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void flush(List<PendingWrite<?>> group) {
    Thread.interrupted(); // left by what hangs on a future; it would close the file
    try {
      engine.flush();
    } catch (IOException | RuntimeException e) {
      StoreException inDoubt =
          new StoreException(
              Kind.IN_DOUBT,
              "Could not flush "
                  + engine.location()
                  + ": what was written is seen, but may be lost when the machine fails."
                  + " Look after the disk, then read it again before writing it again.",
              e);
      group.forEach(one -> one.fail(inDoubt));
      return;
    }
    group.forEach(PendingWrite::tell);
  }
}
