package ai.powertools.retry;

import ai.powertools.core.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** The machine's own time, with a count of the timers that are set. */
final class WatchedTime implements Time {
  private final Time time = Time.system();
  private final AtomicInteger timers = new AtomicInteger();

  /** Timers that have neither run through nor been called off. */
  int timers() {
    return timers.get();
  }

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public long nanos() {
    return time.nanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    time.sleep(duration);
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    timers.incrementAndGet();
    Timer timer =
        time.after(
            delay,
            () -> {
              try {
                action.run();
              } finally {
                timers.decrementAndGet();
              }
            });
    return () -> {
      boolean cancelled = timer.cancel();
      if (cancelled) {
        timers.decrementAndGet();
      }
      return cancelled;
    };
  }
}
