package ai.powertools.router.providers;

import ai.powertools.router.RateLimits;
import ai.powertools.router.RateLimits.Limit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what vendors say about their limits in headers: OpenAI and those who follow it ({@code
 * x-ratelimit-remaining-tokens}, resets as {@code 6m0s}), Anthropic ({@code
 * anthropic-ratelimit-tokens-remaining}, resets as RFC 3339), and the bare {@code
 * x-ratelimit-reset} of gateways, in seconds or as a time since 1970.
 */
final class RateLimitHeaders {
  /** Numbers above are times since 1970, not waits: as seconds, 31 years. */
  private static final long EPOCH_SECONDS = 1_000_000_000L;

  private static final long EPOCH_MILLIS = 100_000_000_000L;

  private final Function<String, @Nullable String> header;
  private final Instant now;

  private RateLimitHeaders(Function<String, @Nullable String> header, Instant now) {
    this.header = header;
    this.now = now;
  }

  /**
   * The limits.
   *
   * @param header the value of a header, or null
   * @param now what times in headers are compared with
   */
  static RateLimits read(Function<String, @Nullable String> header, Instant now) {
    RateLimitHeaders headers = new RateLimitHeaders(header, now);
    return new RateLimits(
        headers.limit("requests").or(headers::bare),
        headers.limit("tokens"),
        headers.limit("input-tokens"),
        headers.limit("output-tokens"),
        RetryHeaders.asked(header, now));
  }

  private Optional<Limit> limit(String what) {
    return limit(
            "x-ratelimit-limit-" + what,
            "x-ratelimit-remaining-" + what,
            "x-ratelimit-reset-" + what)
        .or(
            () ->
                limit(
                    "anthropic-ratelimit-" + what + "-limit",
                    "anthropic-ratelimit-" + what + "-remaining",
                    "anthropic-ratelimit-" + what + "-reset"));
  }

  private Optional<Limit> bare() {
    return limit("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset");
  }

  private Optional<Limit> limit(String most, String left, String again) {
    Limit limit = new Limit(number(most), number(left), reset(header.apply(again)));
    boolean silent =
        limit.limit().isEmpty() && limit.remaining().isEmpty() && limit.reset().isEmpty();
    return silent ? Optional.empty() : Optional.of(limit);
  }

  private OptionalLong number(String name) {
    String value = header.apply(name);
    if (value == null || !value.strip().matches("\\d{1,18}")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(value.strip()));
  }

  private Optional<Duration> reset(@Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    String text = value.strip();
    if (text.matches("\\d{1,18}") && Long.parseLong(text) >= EPOCH_SECONDS) {
      long time = Long.parseLong(text);
      return until(time >= EPOCH_MILLIS ? Instant.ofEpochMilli(time) : Instant.ofEpochSecond(time));
    }
    return RetryHeaders.span(text).or(() -> date(text));
  }

  private Optional<Duration> date(String text) {
    try {
      return until(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // no form that we know: as good as not said
    }
  }

  private Optional<Duration> until(Instant then) {
    Duration wait = Duration.between(now, then);
    return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
  }
}
