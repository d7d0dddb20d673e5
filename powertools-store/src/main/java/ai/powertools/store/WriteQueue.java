package ai.powertools.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits for the writing thread, in the order in which it came. */
final class WriteQueue {
  /** Bounds what one commit can make others wait for. */
  private static final int MOST_PER_GROUP = 512;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<PendingWrite<?>> waiting = new ArrayDeque<>();
  private boolean closed;

  /** Puts it at the end; false when the queue is closed. */
  boolean add(PendingWrite<?> pending) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      waiting.add(pending);
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
        while (waiting.isEmpty() && !closed) {
          changed.awaitUninterruptibly();
        }
        if (waiting.isEmpty()) {
          return group;
        }
        fill(group);
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void fill(List<PendingWrite<?>> group) {
    boolean alone = false;
    while (!alone && !waiting.isEmpty() && group.size() < MOST_PER_GROUP) {
      alone = waiting.element().isMigration();
      if (alone && !group.isEmpty()) {
        return;
      }
      PendingWrite<?> next = waiting.remove();
      if (next.begin()) {
        group.add(next);
      }
    }
  }
}
