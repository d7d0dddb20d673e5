package ai.powertools.ratelimit.simulation;

import ai.powertools.core.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that one thread turns, from one due action to the next. What is due at one moment runs in
 * the order in which it was set.
 */
final class SimulatedTime implements Time {
  private final PriorityQueue<Due> agenda =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private long nanos;
  private long numbers;

  private record Due(long at, long number, Runnable action) {}

  @Override
  public synchronized Instant instant() {
    return Instant.EPOCH.plusNanos(nanos);
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  /** Turns the clock: there is one thread, and nobody else would. */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!duration.isNegative()) {
      advanceTo(Math.addExact(nanos(), duration.toNanos()));
    }
  }

  @Override
  public synchronized Timer after(Duration delay, Runnable action) {
    Due due = new Due(later(delay), numbers++, action);
    agenda.add(due);
    return () -> {
      synchronized (this) {
        return agenda.remove(due);
      }
    };
  }

  /** What is due after the end of time is never due. */
  private long later(Duration delay) {
    if (delay.isNegative()) {
      return nanos;
    }
    long room = Long.MAX_VALUE - nanos;
    return delay.compareTo(Duration.ofNanos(room)) >= 0 ? Long.MAX_VALUE : nanos + delay.toNanos();
  }

  /** Runs all that is due until then, that moment included. */
  void advanceTo(long moment) {
    Due next = takeDue(moment);
    while (next != null) {
      next.action().run();
      next = takeDue(moment);
    }
    synchronized (this) {
      nanos = Math.max(nanos, moment);
    }
  }

  /** Turns the clock to what is due next and runs it; false when nothing is. */
  boolean advanceToNext() {
    Due next = takeDue(Long.MAX_VALUE - 1);
    if (next == null) {
      return false;
    }
    next.action().run();
    return true;
  }

  private synchronized @Nullable Due takeDue(long until) {
    Due first = agenda.peek();
    if (first == null || first.at() > until) {
      return null;
    }
    agenda.remove();
    nanos = Math.max(nanos, first.at());
    return first;
  }
}
