package ai.powertools.ratelimit.forecast;

/**
 * How fast a quota is used, in units per hour.
 *
 * @param low nine times in ten it is not less
 * @param likely the mean
 * @param high nine times in ten it is not more
 */
public record BurnRate(double low, double likely, double high) {

  /** A rate of which nobody knows how much it varies. */
  static BurnRate even(double rate) {
    return new BurnRate(rate, rate, rate);
  }

  /** As in {@code "1,200 per hour (1,020 to 1,380)"}. */
  @Override
  public String toString() {
    String text = Words.rate(likely) + " per hour";
    return low == high ? text : "%s (%s to %s)".formatted(text, Words.rate(low), Words.rate(high));
  }
}
