package ai.powertools.cli;

import java.util.List;
import java.util.Locale;

/** A number of bytes for people: in powers of a thousand, as servers of models show sizes. */
final class ByteSize {
  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");

  private ByteSize() {}

  /** As in {@code 4.7 GB}. */
  static String text(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 999.5 && unit < UNITS.size() - 1) {
      size /= 1_000;
      unit++;
    }
    boolean exact = unit == 0 || size >= 99.95;
    return String.format(Locale.ROOT, exact ? "%.0f %s" : "%.1f %s", size, UNITS.get(unit));
  }
}
