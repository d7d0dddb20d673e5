package ai.powertools.cost;

import ai.powertools.core.Time;
import java.time.Duration;
import java.time.Instant;

/** Time as a process has it that is about to die: nothing that is due later ever happens. */
record ClockOnly(Time clock) implements Time {
  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public long nanos() {
    return clock.nanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    clock.sleep(duration);
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    return () -> false;
  }
}
