package ai.powertools.cost;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How good the same forecast would have been in the past: made again at several days of the
 * history, with what was known on each, for several numbers of days to come, and compared with what
 * these cost. Shares are of 1: 0.07 is 7 %.
 *
 * @param forecasts how many were made; they overlap, so they are not as many independent ones
 * @param wape by how much sums over the days to come were off: all errors without their signs over
 *     all that was spent (weighted absolute percentage error)
 * @param dailyWape the same for single days
 * @param bias by how much sums were too high on the whole; negative when too low
 * @param coverage80 the share of sums that lay in the interval of 80 %
 * @param coverage95 the share of sums that lay in the interval of 95 %
 * @param runRateWape {@code wape} of the plain run rate: spent so far over days so far, times days
 *     to come
 */
public record Accuracy(
    int forecasts,
    double wape,
    double dailyWape,
    double bias,
    double coverage80,
    double coverage95,
    double runRateWape) {

  /**
   * The share of the run rate's error that this forecast does away with: 1 is perfect, 0 no better,
   * negative worse. Empty when the run rate was never off.
   */
  public OptionalDouble skill() {
    return runRateWape == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - wape / runRateWape);
  }

  /** One line for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d forecasts of the past were off by %.1f %% (plain run rate: %.1f %%), bias %+.1f %%;"
            + " %.0f %% lay in the 80 %% interval, %.0f %% in the 95 %% one",
        forecasts,
        wape * 100,
        runRateWape * 100,
        bias * 100,
        coverage80 * 100,
        coverage95 * 100);
  }
}
