package ai.powertools.retry;

import ai.powertools.core.Time;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A {@link Time} as the clock that Resilience4j asks for. It counts from the monotonic clock, so
 * that setting the machine's clock keeps no breaker open.
 */
final class WallClock extends Clock {
  private final Time time;
  private final Instant start;
  private final long startNanos;

  WallClock(Time time) {
    this.time = time;
    this.start = time.instant();
    this.startNanos = time.nanos();
  }

  @Override
  public Instant instant() {
    return start.plus(time.since(startNanos));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
