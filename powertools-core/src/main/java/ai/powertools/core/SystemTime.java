package ai.powertools.core;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The machine's clock and one daemon thread for what is due later. */
final class SystemTime implements Time {
  static final SystemTime INSTANCE = new SystemTime();

  /** The longest delay that fits nanoseconds in a long: about 292 years. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private SystemTime() {}

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(clamp(duration));
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    AtomicBoolean due = new AtomicBoolean(true);
    ScheduledFuture<?> future =
        Agenda.EXECUTOR.schedule(
            () -> {
              if (due.getAndSet(false)) {
                runReporting(action);
              }
            },
            clamp(delay),
            TimeUnit.NANOSECONDS);
    return () -> {
      // A future lets itself be cancelled while its action runs; that keeps nothing from running.
      boolean kept = due.getAndSet(false);
      if (kept) {
        future.cancel(false);
      }
      return kept;
    };
  }

  private static long clamp(Duration duration) {
    return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : Math.max(0, duration.toNanos());
  }

  /** A scheduled future would keep a failure to itself; nobody asks it. */
  private static void runReporting(Runnable action) {
    try {
      action.run();
    } catch (Throwable failure) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
  }

  /** Started with the first action that is due later, not before. */
  private static final class Agenda {
    static final ScheduledThreadPoolExecutor EXECUTOR = create();

    private static ScheduledThreadPoolExecutor create() {
      ScheduledThreadPoolExecutor executor =
          new ScheduledThreadPoolExecutor(
              1,
              runnable -> {
                Thread thread = new Thread(runnable, "powertools-time");
                thread.setDaemon(true);
                return thread;
              });
      executor.setRemoveOnCancelPolicy(true);
      return executor;
    }
  }
}
