package ai.powertools.retry.report;

import ai.powertools.core.Threads;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to another sink on a thread of its own, so that nobody waits for it. Closing takes
 * no more events and waits for those that are left; closing twice is harmless. Safe for use by many
 * threads.
 */
public final class AsyncSink implements ErrorSink, AutoCloseable {
  private final ErrorSink sink;
  private final int capacity;
  private final Thread thread;
  private final AtomicLong dropped = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<ErrorEvent> waiting = new ArrayDeque<>(); // guarded by the lock
  private boolean closed; // guarded by the lock

  private AsyncSink(ErrorSink sink, int capacity) {
    this.sink = sink;
    this.capacity = capacity;
    this.thread = Threads.factory("powertools-errors").newThread(this::drain);
  }

  static AsyncSink of(ErrorSink sink, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "A queue of " + capacity + " holds no event: give 1 or more.");
    }
    AsyncSink async = new AsyncSink(sink, capacity);
    async.thread.start();
    return async;
  }

  /** Never waits: drops and counts the event when the queue is full, or this is closed. */
  @Override
  public void accept(ErrorEvent event) {
    if (!offered(event)) {
      dropped.incrementAndGet();
    }
  }

  private boolean offered(ErrorEvent event) {
    lock.lock();
    try {
      if (closed || waiting.size() == capacity) {
        return false;
      }
      changed.signal();
      return waiting.add(event);
    } finally {
      lock.unlock();
    }
  }

  /** How many events were dropped so far. */
  public long dropped() {
    return dropped.get();
  }

  private void drain() {
    for (ErrorEvent next = next(); next != null; next = next()) {
      sink.report(next);
    }
  }

  /** Null when this is closed and nothing is left. */
  private @Nullable ErrorEvent next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the other sink has what is left. An interrupt ends the wait, and is kept; what is
   * left then is still handed over.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
