package ai.powertools.ratelimit.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How spans and amounts are written in traces, policies and traffics. */
final class Notation {
  private static final Pattern SPAN =
      Pattern.compile("([0-9]{0,12}(?:\\.[0-9]{1,9})?)(ms|s|m|h|d)?");
  private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000);

  private Notation() {}

  /**
   * A span: seconds, or a number with ms, s, m, h or d, where no number means one.
   *
   * @throws IllegalArgumentException if it is none; the message says what is
   */
  static Duration span(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new IllegalArgumentException(
          "a span is seconds or a number with ms, s, m, h or d, as in 1.5s, not \"%s\"."
              .formatted(text));
    }
    BigDecimal number =
        matcher.group(1).isEmpty() ? BigDecimal.ONE : new BigDecimal(matcher.group(1));
    BigDecimal nanos = number.multiply(unit(matcher.group(2))).multiply(SECOND);
    if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 2)) > 0) {
      throw new IllegalArgumentException("\"%s\" is longer than a century.".formatted(text));
    }
    return Duration.ofNanos(nanos.longValue());
  }

  private static BigDecimal unit(@Nullable String unit) {
    return switch (unit == null ? "s" : unit) {
      case "ms" -> new BigDecimal("0.001");
      case "m" -> BigDecimal.valueOf(60);
      case "h" -> BigDecimal.valueOf(3_600);
      case "d" -> BigDecimal.valueOf(86_400);
      default -> BigDecimal.ONE;
    };
  }

  /** Milliseconds below ten seconds, seconds below ten minutes, and so on: {@code "340 ms"}. */
  static String text(Duration span) {
    double seconds = span.toNanos() / 1e9;
    if (seconds == 0) {
      return "0 s";
    }
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.3g ms", seconds * 1_000);
    }
    if (seconds < 600) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
    }
    return seconds < 36_000
        ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
  }
}
