package ai.powertools.core.headers;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a limit is whole again, in every form that headers have. */
final class Moment {
  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

  /** Numbers from here on are times since 1970, not waits: as seconds, 31 years. */
  private static final long EPOCH_SECONDS = 1_000_000_000L;

  private static final long EPOCH_MILLIS = 100_000_000_000L;

  private static final int LONGEST_TEXT = 64;

  private Moment() {}

  /**
   * How long until then: a span, seconds, seconds or milliseconds since 1970 (GitHub, OpenRouter),
   * an RFC 3339 time (Anthropic), or an HTTP date.
   */
  static Optional<Duration> reset(@Nullable String value, Instant now) {
    if (value == null || value.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    String text = value.strip();
    if (WHOLE.matcher(text).matches() && Long.parseLong(text) >= EPOCH_SECONDS) {
      return Optional.of(until(sinceEpoch(Long.parseLong(text)), now));
    }
    return Span.parse(text)
        .or(() -> time(text).or(() -> HttpDate.parse(text, now)).map(then -> until(then, now)));
  }

  /** The time from now to then; zero when it is past. */
  static Duration until(Instant then, Instant now) {
    return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant sinceEpoch(long time) {
    return time >= EPOCH_MILLIS ? Instant.ofEpochMilli(time) : Instant.ofEpochSecond(time);
  }
}
