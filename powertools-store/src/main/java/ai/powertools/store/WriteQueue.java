package ai.powertools.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writing thread. What must be flushed goes in the order in which it came; what
 * need not goes before it, but not twice in a row, so that nobody waits for ever.
 */
final class WriteQueue {
  /** Bounds what one commit can make others wait for. */
  private static final int MOST_PER_GROUP = 512;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<PendingWrite<?>> durable = new ArrayDeque<>();
  private final Deque<PendingWrite<?>> visible = new ArrayDeque<>();
  private boolean overtaken;
  private boolean closed;

  /** Puts it at the end; false when the queue is closed. */
  boolean add(PendingWrite<?> pending) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      (pending.mode().done() == WriteMode.Done.SEEN ? visible : durable).add(pending);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nothing in any more; what is in is still given out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** What commits together, as soon as something waits; empty when closed and all is given out. */
  List<PendingWrite<?>> takeGroup() {
    lock.lock();
    try {
      List<PendingWrite<?>> group = new ArrayList<>();
      while (group.isEmpty()) {
        while (isEmpty() && !closed) {
          changed.awaitUninterruptibly();
        }
        if (isEmpty()) {
          return group;
        }
        fill(group, next());
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return durable.isEmpty() && visible.isEmpty();
  }

  private Deque<PendingWrite<?>> next() {
    overtaken = !visible.isEmpty() && (durable.isEmpty() || !overtaken);
    return overtaken ? visible : durable;
  }

  private static void fill(List<PendingWrite<?>> group, Deque<PendingWrite<?>> waiting) {
    while (!waiting.isEmpty() && group.size() < MOST_PER_GROUP) {
      if (!group.isEmpty() && !shareACommit(group.get(0), waiting.element())) {
        return;
      }
      PendingWrite<?> next = waiting.remove();
      if (next.begin()) {
        group.add(next);
      }
    }
  }

  private static boolean shareACommit(PendingWrite<?> first, PendingWrite<?> next) {
    return !first.isMigration() && !next.isMigration() && first.mode().equals(next.mode());
  }
}
