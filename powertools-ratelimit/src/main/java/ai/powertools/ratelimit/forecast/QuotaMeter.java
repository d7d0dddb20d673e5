package ai.powertools.ratelimit.forecast;

import ai.powertools.core.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts what is used of a quota, in constant memory: how much of this window, and how fast lately.
 * Of a rolling quota up to a sixtieth of the window more is counted than belongs to it. Safe for
 * use by many threads.
 */
public final class QuotaMeter {
  private static final int LATELY = 24;

  private final Quota quota;
  private final Time time;
  private final BurnMeter lately;
  private final Count used;

  private QuotaMeter(Quota quota, Duration lately, Time time) {
    this.quota = quota;
    this.time = time;
    this.lately = BurnMeter.over(lately, time);
    this.used =
        quota.window() instanceof RollingWindow rolling
            ? new RollingCount(BurnMeter.over(rolling.length(), time))
            : new CalendarCount(quota.window(), time);
  }

  /** A meter of which nothing is used yet; lately is a 24th of the window, an hour of a day. */
  public static QuotaMeter of(Quota quota, Time time) {
    Instant now = time.instant();
    QuotaWindow window = quota.window();
    Duration length =
        window instanceof RollingWindow span
            ? span.length()
            : Duration.between(window.start(now), window.end(now));
    return new QuotaMeter(quota, length.dividedBy(LATELY), time);
  }

  /**
   * A meter of which nothing is used yet.
   *
   * @param lately how far it looks back for the rate of late, more than zero
   */
  public static QuotaMeter of(Quota quota, Duration lately, Time time) {
    return new QuotaMeter(quota, lately, time);
  }

  /**
   * So much was used now.
   *
   * @param amount zero or more
   * @throws IllegalArgumentException if it is negative
   */
  public void record(long amount) {
    lately.record(amount);
    used.add(amount);
  }

  /**
   * So much of this window was used before there was this meter, as the vendor or a ledger says; no
   * burn of late.
   *
   * @param amount zero or more
   * @throws IllegalArgumentException if it is negative
   */
  public void usedBefore(long amount) {
    used.add(amount);
  }

  /** How it looks now. */
  public QuotaForecast forecast() {
    Instant now = time.instant();
    long count = used.count();
    return lately
        .burn()
        .map(burn -> QuotaForecast.of(quota, count, burn, now))
        .orElseGet(() -> QuotaForecast.of(quota, count, now));
  }

  @Override
  public String toString() {
    return forecast().text();
  }
}
