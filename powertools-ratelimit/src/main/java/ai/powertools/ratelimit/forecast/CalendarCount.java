package ai.powertools.ratelimit.forecast;

import java.time.Instant;
import java.time.InstantSource;

/** From one reset to the next. A wall clock that was set back makes no quota new. */
final class CalendarCount implements Count {
  private final QuotaWindow window;
  private final InstantSource clock;

  // Both guarded by this.
  private long used;
  private Instant reset;

  CalendarCount(QuotaWindow window, InstantSource clock) {
    this.window = window;
    this.clock = clock;
    this.reset = window.end(clock.instant());
  }

  @Override
  public synchronized void add(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("Nobody uses " + amount + ": give zero or more.");
    }
    turn();
    used = used + amount < 0 ? Long.MAX_VALUE : used + amount;
  }

  @Override
  public synchronized long count() {
    turn();
    return used;
  }

  private void turn() {
    Instant now = clock.instant();
    if (!now.isBefore(reset)) {
      used = 0;
      reset = window.end(now);
    }
  }
}
