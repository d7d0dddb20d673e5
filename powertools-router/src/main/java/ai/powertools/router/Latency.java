package ai.powertools.router;

/**
 * How fast a model has been of late. Times are in milliseconds; what is not known is not a number.
 *
 * @param timeToFirstToken half of the answers began by then
 * @param slowFirstToken nineteen of twenty answers began by then (the 95th percentile)
 * @param tokensPerSecond half of the answers came at least so fast once they had begun; those that
 *     came whole, from when they were asked for
 * @param peak a moving average of the time of whole answers that goes up at once and comes down
 *     slowly (peak EWMA, as in Finagle's load balancer)
 * @param samples how many answers this is made of, old ones counting less
 */
public record Latency(
    double timeToFirstToken,
    double slowFirstToken,
    double tokensPerSecond,
    double peak,
    long samples) {

  /** Nothing is known yet. */
  public static final Latency UNKNOWN =
      new Latency(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);

  /** Whether anything is known. */
  public boolean isKnown() {
    return samples > 0;
  }

  /** How many milliseconds an answer of so many tokens may be expected to take, or not a number. */
  public double expected(long outputTokens) {
    if (samples == 0) {
      return Double.NaN;
    }
    double writing = tokensPerSecond > 0 ? outputTokens * 1_000.0 / tokensPerSecond : 0;
    return (Double.isNaN(timeToFirstToken) ? 0 : timeToFirstToken) + writing;
  }
}
