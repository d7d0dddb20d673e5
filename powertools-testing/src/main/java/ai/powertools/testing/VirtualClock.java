package ai.powertools.testing;

import ai.powertools.core.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when told to. What is due runs, in order, on the thread that turns the
 * clock, and sees the very instant it was due at.
 *
 * <pre>{@code
 * VirtualClock clock = VirtualClock.create();
 * clock.after(Duration.ofMinutes(5), () -> fired.set(true));
 * clock.advance(Duration.ofMinutes(5));             // fired is true now
 * }</pre>
 *
 * <p>{@link #sleep} on a clock from {@link #create()} blocks until another thread turns the clock
 * far enough ({@link #awaitSleepers} tells when it is there); on one from {@link #autoAdvancing()}
 * it turns the clock itself, so that a blocking retry of one thread runs through at once. Safe for
 * use by many threads.
 */
public final class VirtualClock implements Time {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final boolean autoAdvance;
  private final Instant start;
  private final PriorityQueue<Due> agenda =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private long nanos;
  private long numbers;
  private int sleepers;

  private VirtualClock(Instant start, boolean autoAdvance) {
    this.start = start;
    this.autoAdvance = autoAdvance;
  }

  private record Due(long at, long number, Runnable action) {}

  /** A clock at 2026-01-01T00:00:00Z that stands until it is advanced. */
  public static VirtualClock create() {
    return at(START);
  }

  /** A clock that stands at {@code start} until it is advanced. */
  public static VirtualClock at(Instant start) {
    return new VirtualClock(start, false);
  }

  /** A clock that whoever sleeps on it moves by sleeping. */
  public static VirtualClock autoAdvancing() {
    return new VirtualClock(START, true);
  }

  @Override
  public synchronized Instant instant() {
    return start.plusNanos(nanos);
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  /** The virtual time that has passed since the clock was made. */
  public Duration elapsed() {
    return Duration.ofNanos(nanos());
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (duration.isNegative() || duration.isZero()) {
      return;
    }
    if (autoAdvance) {
      advance(duration);
      return;
    }
    CountDownLatch woken = new CountDownLatch(1);
    Timer alarm = fallAsleep(duration, woken);
    try {
      woken.await();
    } catch (InterruptedException e) {
      if (alarm.cancel()) {
        changeSleepers(-1);
      }
      throw e;
    }
  }

  /**
   * On the agenda and counted in one step. The alarm, not the woken thread, takes it off the count:
   * otherwise who turns the clock and then waits for sleepers would count one that is up already.
   */
  private synchronized Timer fallAsleep(Duration duration, CountDownLatch woken) {
    Timer alarm =
        after(
            duration,
            () -> {
              changeSleepers(-1);
              woken.countDown();
            });
    changeSleepers(1);
    return alarm;
  }

  @Override
  public synchronized Timer after(Duration delay, Runnable action) {
    Due due = new Due(Math.addExact(nanos, Math.max(0, delay.toNanos())), numbers++, action);
    agenda.add(due);
    return () -> {
      synchronized (this) {
        return agenda.remove(due);
      }
    };
  }

  /**
   * Turns the clock, running on the way what falls due, including what that in turn puts on the
   * agenda.
   *
   * @throws IllegalArgumentException if {@code duration} is negative
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("Time does not go back: " + duration);
    }
    long target;
    synchronized (this) {
      target = Math.addExact(nanos, duration.toNanos());
    }
    Due next = takeDue(target);
    while (next != null) {
      next.action().run();
      next = takeDue(target);
    }
    synchronized (this) {
      nanos = Math.max(nanos, target);
    }
  }

  /** Turns the clock to the next thing that is due and runs it; false when nothing is. */
  public boolean advanceToNext() {
    Due next = takeDue(Long.MAX_VALUE);
    if (next == null) {
      return false;
    }
    next.action().run();
    return true;
  }

  /** How many actions and sleepers are waiting for their time. */
  public synchronized int pending() {
    return agenda.size();
  }

  /** Blocks, in real time, until at least {@code count} threads are asleep on this clock. */
  public synchronized void awaitSleepers(int count) throws InterruptedException {
    while (sleepers < count) {
      wait();
    }
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

  private synchronized void changeSleepers(int by) {
    sleepers += by;
    notifyAll();
  }
}
