package ai.powertools.retry;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A clock in the shape that other libraries wait by. What repeats itself is not there. */
final class ClockScheduler extends AbstractExecutorService implements ScheduledExecutorService {
  private final Time time;

  ClockScheduler(Time time) {
    this.time = time;
  }

  /** A task that is due at some moment. */
  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private final long dueNanos;

    private Task(Callable<V> action, Duration delay) {
      super(action);
      this.dueNanos = time.nanos() + delay.toNanos();
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - time.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> action, long delay, TimeUnit unit) {
    Duration wait = Duration.ofNanos(unit.toNanos(delay));
    Task<V> task = new Task<>(action, wait);
    time.after(wait, task);
    return task;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
    return schedule(
        () -> {
          action.run();
          return "done";
        },
        delay,
        unit);
  }

  @Override
  public void execute(Runnable action) {
    time.after(Duration.ZERO, action);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable action, long delay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException("Nothing repeats itself here.");
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable action, long delay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException("Nothing repeats itself here.");
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long wait, TimeUnit unit) {
    return false;
  }
}
