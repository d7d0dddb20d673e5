package ai.powertools.retry.report;

import java.util.List;

/**
 * How often an error came lately.
 *
 * @param minutes counts of the last minutes of the clock, at most {@value #MINUTES}, the oldest
 *     first; the last one is the minute that is not over yet. Fewer where the report has not been
 *     kept that long
 * @param hours the same of the last hours, at most {@value #HOURS}
 */
public record Trend(List<Long> minutes, List<Long> hours) {
  /** The most minutes there are. */
  public static final int MINUTES = 60;

  /** The most hours there are. */
  public static final int HOURS = 24;

  /** Of a difference that chance alone makes once in twenty times or less. */
  private static final double STANDARD_DEVIATIONS = 2;

  /** Copies the lists. */
  public Trend {
    minutes = List.copyOf(minutes);
    hours = List.copyOf(hours);
  }

  /**
   * By the minutes: their newer half against the older one, without the middle one of an odd
   * number. It rises or falls if the two differ by more than two standard deviations of that
   * difference. The counts of rare events scatter by the square root of their number (they are
   * Poisson-distributed), and so does the difference by that of their sum: five after none are a
   * rise, four are not.
   */
  public Direction direction() {
    int half = minutes.size() / 2;
    long older = sum(minutes.subList(0, half));
    long newer = sum(minutes.subList(minutes.size() - half, minutes.size()));
    if (sum(minutes) == 0) {
      return Direction.QUIET;
    }
    double chance = STANDARD_DEVIATIONS * Math.sqrt((double) older + newer);
    if (Math.abs(newer - older) <= chance) {
      return Direction.STEADY;
    }
    return newer > older ? Direction.RISING : Direction.FALLING;
  }

  /** How many came in the last minutes. */
  public long lastHour() {
    return sum(minutes);
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
