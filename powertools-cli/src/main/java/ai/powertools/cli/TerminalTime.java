package ai.powertools.cli;

import ai.powertools.core.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What the clock of a terminal says, and the machine's own time for waiting.
 *
 * @param clock what time it is
 */
record TerminalTime(InstantSource clock) implements Time {
  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public long nanos() {
    return Time.system().nanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Time.system().sleep(duration);
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    return Time.system().after(delay, action);
  }
}
