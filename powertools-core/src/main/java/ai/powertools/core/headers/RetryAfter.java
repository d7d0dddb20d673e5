package ai.powertools.core.headers;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How long a vendor asks to wait, read from whichever header says so.
 *
 * <p>{@code retry-after-ms} is OpenAI's and Azure's; {@code Retry-After}, in seconds or as a date,
 * is RFC 9110, 10.2.3.
 */
public final class RetryAfter {
  /** Who asks for more means never, or has another unit in mind. */
  private static final Duration LONGEST = Duration.ofDays(31);

  private RetryAfter() {}

  /**
   * The wait: the one asked for by name, or else the time until the limit that is used up is whole
   * again. OpenAI has one limit for requests and one for tokens; where neither is used up, the call
   * was larger than what is left of the tokens.
   *
   * @param header the value of a header, or null
   * @param now what dates are compared with
   * @return zero for a date that is past; empty when nothing is said, or more than 31 days
   */
  public static Optional<Duration> of(Function<String, @Nullable String> header, Instant now) {
    return asked(header, now).or(() -> reset(header, now)).filter(RetryAfter::isSane);
  }

  /** The wait that is asked for by name, whatever the limits are; otherwise as {@link #of}. */
  public static Optional<Duration> asked(Function<String, @Nullable String> header, Instant now) {
    return Span.number(header.apply("retry-after-ms"), 1_000_000)
        .or(() -> Span.number(header.apply("Retry-After"), 1_000_000_000))
        .or(() -> date(header.apply("Retry-After"), now))
        .filter(RetryAfter::isSane);
  }

  private static Optional<Duration> date(@Nullable String value, Instant now) {
    return HttpDate.parse(value, now).map(then -> Moment.until(then, now));
  }

  private static Optional<Duration> reset(Function<String, @Nullable String> header, Instant now) {
    return LimitHeaders.read(header, now).limits().stream()
        .filter(HeaderLimit::usedUp)
        .filter(RetryAfter::stopsCalls)
        .flatMap(limit -> limit.reset().stream())
        .max(Comparator.naturalOrder())
        .or(() -> Span.parse(header.apply("x-ratelimit-reset-tokens")))
        .or(() -> Span.parse(header.apply("x-ratelimit-reset-requests")));
  }

  /** What Anthropic's priority tier has no room for goes on as a standard call. */
  private static boolean stopsCalls(HeaderLimit limit) {
    return !limit.of().startsWith("priority_");
  }

  private static boolean isSane(Duration wait) {
    return wait.compareTo(LONGEST) <= 0;
  }
}
