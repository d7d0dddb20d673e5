package ai.powertools.cost;

import java.time.Duration;
import java.util.Locale;

/** How long something took, to two or three digits. */
record Took(Duration time) {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double FEW_MILLIS = 10;

  /** As in {@code 850 ms}, {@code 1.2 s}, {@code 2 min 5 s}. */
  @Override
  public String toString() {
    double millis = time.toNanos() / NANOS_PER_MILLI;
    if (millis < MILLIS_PER_SECOND) {
      return String.format(Locale.ROOT, millis < FEW_MILLIS ? "%.1f ms" : "%.0f ms", millis);
    }
    return time.toMinutes() == 0
        ? String.format(Locale.ROOT, "%.1f s", millis / MILLIS_PER_SECOND)
        : time.toMinutes() + " min " + time.toSecondsPart() + " s";
  }
}
