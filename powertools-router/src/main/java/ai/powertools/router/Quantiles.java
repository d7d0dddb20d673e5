package ai.powertools.router;

import java.util.function.BiConsumer;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.ShortCountsHistogram;

/**
 * Quantiles of numbers that come one after another, old ones counting less: when there are many, or
 * after a while, every count is halved. To two digits. Not thread-safe.
 */
final class Quantiles {
  /** Two significant digits: a percent of error, in a few kilobytes. */
  private static final int DIGITS = 2;

  /** Beyond this everything is halved, so that the last few hundred calls decide. */
  private static final long MANY = 1_000;

  private final long highest;
  private ShortCountsHistogram counts;
  private long last;

  Quantiles(long highest) {
    this.highest = highest;
    this.counts = new ShortCountsHistogram(highest, DIGITS);
  }

  void add(long value) {
    last = Math.max(0, Math.min(value, highest));
    if (counts.getTotalCount() >= MANY) {
      halve();
    }
    counts.recordValue(last);
  }

  long samples() {
    return counts.getTotalCount();
  }

  /**
   * The value that so many percent are at or below; 0 when there is none.
   *
   * @param percent 0 to 100
   */
  long at(double percent) {
    return counts.getTotalCount() == 0 ? 0 : counts.getValueAtPercentile(percent);
  }

  /** Lets all that there is count half. */
  void halve() {
    ShortCountsHistogram halved = new ShortCountsHistogram(highest, DIGITS);
    long odd = 0;
    for (HistogramIterationValue step : recorded(counts)) {
      // What is lost by rounding down is carried on, so that rare values don't all vanish.
      long carried = step.getCountAddedInThisIterationStep() + odd;
      odd = carried % 2;
      if (carried / 2 > 0) {
        halved.recordValueWithCount(step.getValueIteratedTo(), carried / 2);
      }
    }
    counts = halved;
    if (counts.getTotalCount() == 0) {
      counts.recordValue(last);
    }
  }

  /** Each value, and how often it came. */
  void each(BiConsumer<Long, Long> told) {
    for (HistogramIterationValue step : recorded(counts)) {
      told.accept(step.getValueIteratedTo(), step.getCountAddedInThisIterationStep());
    }
  }

  private static Iterable<HistogramIterationValue> recorded(AbstractHistogram histogram) {
    return histogram.recordedValues();
  }
}
