package ai.powertools.examples;

import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Permit;
import ai.powertools.ratelimit.RateLimitExceededException;
import ai.powertools.ratelimit.RateLimiter;
import java.time.Duration;

/** Requests, tokens and calls at once of one provider, taken all or nothing and corrected after. */
public final class LimitCalls {
  private LimitCalls() {}

  public static void main(String[] arguments) {
    RateLimiter limiter =
        RateLimiter.builder()
            .name("openai")
            .requestsPerMinute(600)
            .tokensPerMinute(6_000)
            .concurrency(8)
            .build();

    try (Permit permit = limiter.acquire(Demand.tokens(100).within(Duration.ofSeconds(20)))) {
      // … the call …
      permit.used(80); // the rest goes back
    }

    // A wait that would be too long is said at once, and nothing is taken.
    try {
      limiter.acquire(Demand.tokens(5_000).within(Duration.ofMillis(1))).close();
      System.out.println("not reached");
    } catch (RateLimitExceededException e) {
      System.out.println(e.refusal() + ", in the way: " + e.limit());
      System.out.println("worth another try: " + e.retryable());
    }

    // The same without a permit at hand.
    System.out.println(limiter.limit(Demand.request(), () -> "made under a permit"));
  }
}
