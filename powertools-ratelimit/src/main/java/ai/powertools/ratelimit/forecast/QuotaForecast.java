package ai.powertools.ratelimit.forecast;

import ai.powertools.ratelimit.Demand;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * How long one quota lasts if it is used on as it was. Immutable.
 *
 * <p>Likely values go on at the mean burn rate. The range around them holds in eight cases of ten
 * if the slots that were measured are independent of each other; see {@link Burn}. Without a
 * measurement of late, the rate is that of the window so far, and its range is a point.
 *
 * <p>Of a rolling quota, what is used already is taken to have been used evenly over the window,
 * and so to come back evenly.
 */
public final class QuotaForecast {
  private static final double HOUR = Duration.ofHours(1).toNanos();

  private final Quota quota;
  private final long used;
  private final Optional<Burn> recent;
  private final Instant now;

  private QuotaForecast(Quota quota, long used, Optional<Burn> recent, Instant now) {
    if (used < 0) {
      throw new IllegalArgumentException("Nobody has used " + used + ": give zero or more.");
    }
    this.quota = quota;
    this.used = used;
    this.recent = recent;
    this.now = now;
  }

  /**
   * From what was used of the window so far.
   *
   * @param used in this window, zero or more; may be above the quota
   */
  public static QuotaForecast of(Quota quota, long used, Instant now) {
    return new QuotaForecast(quota, used, Optional.empty(), now);
  }

  /** From what was used of the window so far, and how fast lately. */
  public static QuotaForecast of(Quota quota, long used, Burn recent, Instant now) {
    return new QuotaForecast(quota, used, Optional.of(recent), now);
  }

  /** What it is about. */
  public Quota quota() {
    return quota;
  }

  /** What was used in this window. */
  public long used() {
    return used;
  }

  /** What is left of this window; zero where more was used than there is. */
  public long left() {
    return Math.max(0, quota.amount() - used);
  }

  /** When it was made. */
  public Instant at() {
    return now;
  }

  /** When all of the quota is there again. */
  public Instant reset() {
    return quota.window().end(now);
  }

  /** The rate to expect for the rest of the window: the one of late, or else that so far. */
  public BurnRate burnRate() {
    return recent
        .map(burn -> burn.rate(quota.window().left(now)))
        .orElseGet(() -> BurnRate.even(windowRate()));
  }

  /** The mean rate of the window so far, in units per hour; zero at its very beginning. */
  public double windowRate() {
    double hours = hours(Duration.between(quota.window().start(now), now));
    return hours > 0 ? used / hours : 0;
  }

  /** The constant rate that uses up exactly what is left at the end of the window, per hour. */
  public double safeRate() {
    if (quota.window() instanceof RollingWindow rolling) {
      return quota.amount() / hours(rolling.length());
    }
    return left() / hours(quota.window().left(now));
  }

  /** When it likely runs out; empty if it lasts until it is there again. */
  public Optional<Instant> exhaustedAt() {
    return exhaustion().likely();
  }

  /** When it runs out, at the earliest and at the latest too. */
  public Exhaustion exhaustion() {
    Burn burn = recent.orElseGet(() -> Burn.even(windowRate()));
    return new Exhaustion(
        crossing(burn::high), crossing(hours -> burn.perHour() * hours), crossing(burn::low));
  }

  private Optional<Instant> crossing(DoubleUnaryOperator usedIn) {
    double end = hours(quota.window().left(now));
    double comingBack =
        quota.window() instanceof RollingWindow ? Math.min(used, quota.amount()) / end : 0;
    OptionalDouble hours =
        Crossing.first(h -> usedIn.applyAsDouble(h) - comingBack * h - left(), end);
    return hours.isPresent() && hours.getAsDouble() < end
        ? Optional.of(now.plusNanos(Math.round(hours.getAsDouble() * HOUR)))
        : Optional.empty();
  }

  /**
   * Whether so many calls, made one after the other as fast as this quota allows and with nothing
   * beside them, are all let through before a moment. For the rate limits of a limiter as well, and
   * for several quotas, see {@link QuotaOutlook}.
   *
   * @param calls one to ten million
   * @param each what one call takes
   * @throws IllegalArgumentException if it is another number of calls, or {@code until} has passed
   */
  public FitAnswer fits(long calls, Demand each, Instant until) {
    return QuotaOutlook.of(this).fits(calls, each, until);
  }

  /** A line for people. */
  public String text() {
    long percent = Math.round(100.0 * used / quota.amount());
    return "%s: %s used (%d %%), %s, safe %s per hour; %s; back at %s"
        .formatted(
            quota,
            Words.count(used),
            percent,
            burnRate(),
            Words.rate(safeRate()),
            exhaustion(),
            Words.moment(reset()));
  }

  @Override
  public String toString() {
    return text();
  }

  private static double hours(Duration duration) {
    return (duration.getSeconds() + duration.getNano() / 1e9) / 3600;
  }
}
