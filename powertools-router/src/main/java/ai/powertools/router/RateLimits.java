package ai.powertools.router;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a vendor says about its limits in the headers of an answer. What it does not say is empty.
 *
 * @param requests of requests
 * @param tokens of tokens, both ways
 * @param inputTokens of tokens sent
 * @param outputTokens of tokens generated
 * @param retryAfter how long it asks to wait
 */
public record RateLimits(
    Optional<Limit> requests,
    Optional<Limit> tokens,
    Optional<Limit> inputTokens,
    Optional<Limit> outputTokens,
    Optional<Duration> retryAfter) {

  /** Nothing said. */
  public static final RateLimits NONE =
      new RateLimits(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * One limit.
   *
   * @param limit the most in its window
   * @param remaining what is left of it
   * @param reset until all of it is there again, from when the answer came
   */
  public record Limit(OptionalLong limit, OptionalLong remaining, Optional<Duration> reset) {}
}
