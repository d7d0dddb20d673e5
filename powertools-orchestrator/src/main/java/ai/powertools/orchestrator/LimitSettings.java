package ai.powertools.orchestrator;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What each provider outside of this machine lets through; each provider has its own count.
 *
 * @param requestsPerMinute requests; empty for no limit
 * @param tokensPerMinute tokens, of input and output together; empty for no limit
 * @param concurrency calls at once; empty for no limit
 * @param longestWait a call that would have to wait longer goes to another model, or fails at once
 */
public record LimitSettings(
    OptionalLong requestsPerMinute,
    OptionalLong tokensPerMinute,
    OptionalInt concurrency,
    Duration longestWait) {
  /** No limits of ours; a provider's 429 still closes the way to it for as long as it asks. */
  public static final LimitSettings NONE =
      new LimitSettings(
          OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), Duration.ofSeconds(30));

  /** So many requests and tokens a minute. */
  public static LimitSettings perMinute(long requests, long tokens) {
    return new LimitSettings(
        OptionalLong.of(requests), OptionalLong.of(tokens), NONE.concurrency, NONE.longestWait);
  }
}
