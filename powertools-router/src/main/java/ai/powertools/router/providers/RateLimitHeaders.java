package ai.powertools.router.providers;

import ai.powertools.core.headers.HeaderLimit;
import ai.powertools.core.headers.LimitHeaders;
import ai.powertools.core.headers.RetryAfter;
import ai.powertools.router.RateLimits;
import ai.powertools.router.RateLimits.Limit;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What vendors say about their limits in headers; of several for one thing, the tightest. */
final class RateLimitHeaders {
  private RateLimitHeaders() {}

  /**
   * The limits.
   *
   * @param names the headers that are there
   * @param header the value of a header, or null
   * @param now what times in headers are compared with
   */
  static RateLimits read(
      Iterable<String> names, Function<String, @Nullable String> header, Instant now) {
    LimitHeaders headers = LimitHeaders.read(names, header, now);
    return new RateLimits(
        limit(headers, HeaderLimit.REQUESTS),
        limit(headers, HeaderLimit.TOKENS),
        limit(headers, HeaderLimit.INPUT_TOKENS),
        limit(headers, HeaderLimit.OUTPUT_TOKENS),
        RetryAfter.asked(header, now));
  }

  private static Optional<Limit> limit(LimitHeaders headers, String of) {
    return headers
        .tightest(of)
        .map(limit -> new Limit(limit.limit(), limit.remaining(), limit.reset()));
  }
}
