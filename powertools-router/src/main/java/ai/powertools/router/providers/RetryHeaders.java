package ai.powertools.router.providers;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a vendor asks to wait, read from whichever header says so. */
final class RetryHeaders {
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|h|m|s)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(?:\\.\\d{1,12})?");

  /** Who asks for more means never, or has another unit in mind. */
  private static final Duration LONGEST = Duration.ofDays(31);

  private RetryHeaders() {}

  /**
   * The wait.
   *
   * @param header the value of a header, or null
   * @param now for dates
   */
  static Optional<Duration> wait(Function<String, @Nullable String> header, Instant now) {
    return asked(header, now).or(() -> reset(header)).filter(RetryHeaders::isSane);
  }

  /** The wait that is asked for by name, whatever the limits are. */
  static Optional<Duration> asked(Function<String, @Nullable String> header, Instant now) {
    return number(header.apply("retry-after-ms"), 1_000_000)
        .or(() -> number(header.apply("Retry-After"), 1_000_000_000))
        .or(() -> date(header.apply("Retry-After"), now))
        .filter(RetryHeaders::isSane);
  }

  private static boolean isSane(Duration wait) {
    return wait.compareTo(LONGEST) <= 0;
  }

  /**
   * When the limit that was hit is reset. OpenAI has one for requests and one for tokens; where
   * neither is used up, a request was larger than what is left of the tokens.
   */
  private static Optional<Duration> reset(Function<String, @Nullable String> header) {
    boolean requests = "0".equals(header.apply("x-ratelimit-remaining-requests"));
    boolean tokens = "0".equals(header.apply("x-ratelimit-remaining-tokens"));
    Optional<Duration> forRequests = span(header.apply("x-ratelimit-reset-requests"));
    Optional<Duration> forTokens = span(header.apply("x-ratelimit-reset-tokens"));
    if (requests && tokens) {
      return forRequests.flatMap(
          a -> forTokens.map(b -> a.compareTo(b) >= 0 ? a : b).or(() -> forRequests));
    }
    return requests ? forRequests : forTokens.or(() -> forRequests);
  }

  /** A span in Go's notation, as in {@code 6m0s}, {@code 120ms}, {@code 1h2m3.5s}; or seconds. */
  static Optional<Duration> span(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<Duration> seconds = number(text, 1_000_000_000);
    if (seconds.isPresent()) {
      return seconds;
    }
    Matcher part = PART.matcher(text.strip().toLowerCase(Locale.ROOT));
    Duration sum = Duration.ZERO;
    int at = 0;
    while (part.find() && part.start() == at) {
      at = part.end();
      Optional<Duration> more = number(part.group(1), nanosOf(part.group(2)));
      if (more.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(more.get());
    }
    return at > 0 && at == text.strip().length() ? Optional.of(sum) : Optional.empty();
  }

  private static long nanosOf(String unit) {
    return switch (unit) {
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      default -> 3_600_000_000_000L;
    };
  }

  private static Optional<Duration> number(@Nullable String text, long nanosOfUnit) {
    if (text == null || !NUMBER.matcher(text.strip()).matches()) {
      return Optional.empty();
    }
    BigDecimal seconds =
        new BigDecimal(text.strip()).multiply(BigDecimal.valueOf(nanosOfUnit)).movePointLeft(9);
    long whole = seconds.longValue();
    long nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
    return Optional.of(Duration.ofSeconds(whole, nanos));
  }

  private static Optional<Duration> date(@Nullable String text, Instant now) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      Instant then =
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, then);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty(); // neither seconds nor a date: as good as no header
    }
  }
}
