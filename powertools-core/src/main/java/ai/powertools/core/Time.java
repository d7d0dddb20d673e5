package ai.powertools.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Everything that passes time, in one seam: what the wall clock says, how long things take,
 * waiting, and doing something later. Code that takes a {@code Time} can be tested without
 * sleeping, on the {@code VirtualClock} of {@code powertools-testing}.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface Time extends InstantSource {

  /** The machine's own time. */
  static Time system() {
    return SystemTime.INSTANCE;
  }

  /** The wall clock. May jump when the machine's clock is set; measure with {@link #nanos()}. */
  @Override
  Instant instant();

  /** Nanoseconds since some fixed moment; never goes back. Only differences mean anything. */
  long nanos();

  /**
   * Waits. Returns at once when {@code duration} is zero or negative.
   *
   * @throws InterruptedException if the thread is interrupted before or during the wait
   */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Runs {@code action} once, {@code delay} from now (at once when zero or negative). The action
   * runs on a thread shared by all such actions, so it must be short: it completes a future, or
   * hands work to an executor.
   *
   * @return a handle to call it off
   */
  Timer after(Duration delay, Runnable action);

  /** The time since {@code startNanos}, a value that {@link #nanos()} gave earlier. */
  default Duration since(long startNanos) {
    return Duration.ofNanos(nanos() - startNanos);
  }

  /** An action that is due later. */
  @FunctionalInterface
  interface Timer {
    /**
     * Calls it off. Harmless when it has run or was called off already.
     *
     * @return whether this call is what kept it from running
     */
    boolean cancel();
  }
}
