package ai.powertools.core.headers;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A length of time as vendors write it: Go's notation ({@code 6m0s}, {@code 120ms}, {@code
 * 1h2m3.5s}), protobuf's ({@code 34s}, {@code 34.074824224s}: the {@code retryDelay} in the body of
 * Gemini's 429), or bare seconds ({@code 59.5}).
 */
public final class Span {
  private static final Pattern PART =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)(ns|us|µs|ms|h|m|s)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(?:\\.\\d{1,12})?");
  private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);

  /** Longer than any span that means something; keeps what is parsed small. */
  private static final int LONGEST_TEXT = 64;

  private Span() {}

  /**
   * The span.
   *
   * @param text what a vendor wrote, or null
   * @return empty for null, for what has none of these forms, and for texts over 64 characters
   */
  public static Optional<Duration> parse(@Nullable String text) {
    String tidy = tidy(text);
    Optional<Duration> seconds = times(tidy, 1_000_000_000);
    return seconds.isPresent() ? seconds : parts(tidy);
  }

  /** A bare number of units of this many nanoseconds. */
  static Optional<Duration> number(@Nullable String text, long nanosOfUnit) {
    return times(tidy(text), nanosOfUnit);
  }

  private static String tidy(@Nullable String text) {
    return text == null || text.length() > LONGEST_TEXT ? "" : text.strip();
  }

  private static Optional<Duration> times(String number, long nanosOfUnit) {
    if (!NUMBER.matcher(number).matches()) {
      return Optional.empty();
    }
    BigDecimal nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(nanosOfUnit));
    BigDecimal[] parts = nanos.divideAndRemainder(BILLION);
    return Optional.of(Duration.ofSeconds(parts[0].longValue(), parts[1].longValue()));
  }

  private static Optional<Duration> parts(String text) {
    Matcher part = PART.matcher(text.toLowerCase(Locale.ROOT));
    Duration sum = Duration.ZERO;
    int at = 0;
    while (part.find() && part.start() == at) {
      at = part.end();
      sum = sum.plus(times(part.group(1), nanosOf(part.group(2))).orElseThrow());
    }
    return at > 0 && at == text.length() ? Optional.of(sum) : Optional.empty();
  }

  private static long nanosOf(String unit) {
    return switch (unit) {
      case "ns" -> 1L;
      case "us", "µs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      default -> 3_600_000_000_000L;
    };
  }
}
