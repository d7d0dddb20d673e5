package ai.powertools.ratelimit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps threads apart for the few nanoseconds that a decision takes. Nobody waits for anything else
 * while holding it, and no code of others runs under it. Not reentrant.
 *
 * @implNote Taking it is one compare-and-set and letting go a plain release, which is what makes a
 *     permit cheaper than under a {@link ReentrantLock}. Who does not get it within a few spins
 *     queues at a lock, so that of many only one spins; and should the holder have lost its
 *     processor, that one sleeps for moments. A virtual thread parks like any other.
 */
final class Guard {
  private static final int SPINS = 64;
  private static final int PATIENT_SPINS = 1000;
  private static final long NAP_NANOS = 20_000;
  private static final VarHandle HELD;

  static {
    try {
      HELD = MethodHandles.lookup().findVarHandle(Guard.class, "held", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ReentrantLock queue = new ReentrantLock();
  private volatile int held; // 1 while somebody has it

  void lock() {
    if (!HELD.compareAndSet(this, 0, 1)) {
      lockSlowly();
    }
  }

  void unlock() {
    HELD.setRelease(this, 0);
  }

  private boolean tryLock() {
    return held == 0 && HELD.compareAndSet(this, 0, 1);
  }

  private void lockSlowly() {
    for (int i = 0; i < SPINS; i++) {
      Thread.onSpinWait();
      if (tryLock()) {
        return;
      }
    }
    queue.lock();
    try {
      int spins = 0;
      while (!tryLock()) {
        if (spins < PATIENT_SPINS) {
          spins++;
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(this, NAP_NANOS);
        }
      }
    } finally {
      queue.unlock();
    }
  }
}
