package ai.powertools.ratelimit.forecast;

import java.time.Duration;

/**
 * What was used lately, slot by slot, and how much that varied.
 *
 * <p>A sum over {@code h} slots to come is expected to be {@code h * mean}. The range that holds in
 * eight cases of ten adds up, as squares, the scatter of those slots, {@code 1.2816 * deviation *
 * sqrt(h)}, and the error of a mean of so few of them, which is a factor of {@code exp(1.2816 *
 * deviation / mean / sqrt(slots))} up or down: amounts are never negative, and their means are
 * lopsided. That takes slots to be independent of each other and of the hour of the day; a burn
 * that comes in waves longer than a slot varies more.
 *
 * @param mean units per slot
 * @param deviation the standard deviation of the slots, in units; zero where it is not known
 * @param slots how many were looked at; one at least
 * @param slot how long one is
 */
public record Burn(double mean, double deviation, int slots, Duration slot) {
  /** The 90th percentile of the normal distribution. */
  private static final double Z90 = 1.2815515655446004;

  private static final double HOUR = Duration.ofHours(1).toNanos();

  /**
   * Refuses what can be no measurement.
   *
   * @throws IllegalArgumentException if a number is negative, or there is no slot
   */
  public Burn {
    if (!(mean >= 0 && deviation >= 0) || slots < 1 || slot.isNegative() || slot.isZero()) {
      throw new IllegalArgumentException(
          "No burn has a mean of %s and a deviation of %s in %d slots of %s."
              .formatted(mean, deviation, slots, slot));
    }
  }

  /** A rate in units per hour that is known without its variation. */
  static Burn even(double perHour) {
    return new Burn(perHour, 0, 1, Duration.ofHours(1));
  }

  /** The rate that is to be expected on average over so much time from now. */
  public BurnRate rate(Duration ahead) {
    double hours = Math.max(1, ahead.toNanos()) / HOUR;
    return new BurnRate(Math.max(0, low(hours) / hours), perHour(), high(hours) / hours);
  }

  double perHour() {
    return mean / slotHours();
  }

  /** What is used in so many hours, nine times in ten at most. */
  double high(double hours) {
    return perHour() * hours + scatter(hours, Math.expm1(error()));
  }

  /** What is used in so many hours, nine times in ten at least; below zero where nothing may be. */
  double low(double hours) {
    return perHour() * hours - scatter(hours, -Math.expm1(-error()));
  }

  /** How far off the mean may be, as the logarithm of a factor. */
  private double error() {
    return mean == 0 ? 0 : Z90 * deviation / mean / Math.sqrt(slots);
  }

  private double scatter(double hours, double share) {
    double ahead = hours / slotHours();
    return Math.hypot(share * mean * ahead, Z90 * deviation * Math.sqrt(ahead));
  }

  private double slotHours() {
    return slot.toNanos() / HOUR;
  }
}
