package ai.powertools.ratelimit.forecast;

import java.time.Duration;
import java.time.Instant;

/** A quota that is there again at each reset. */
final class CalendarPace implements Pace {
  private final Quota quota;
  private final long cost;
  private final Instant start;
  private long left;
  private long reset;

  CalendarPace(QuotaForecast forecast, long cost) {
    this.quota = forecast.quota();
    this.cost = cost;
    this.start = forecast.at();
    this.left = forecast.left();
    this.reset = resetAfter(0);
  }

  @Override
  public long earliest(long at) {
    if (cost > quota.amount()) {
      return NEVER;
    }
    return at >= reset || cost <= left ? at : reset;
  }

  @Override
  public void take(long at) {
    if (at >= reset) {
      reset = resetAfter(at);
      left = quota.amount();
    }
    left -= cost;
  }

  private long resetAfter(long at) {
    return Duration.between(start, quota.window().end(start.plusNanos(at))).toNanos();
  }

  @Override
  public String name() {
    return quota.toString();
  }
}
