package ai.powertools.examples;

import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Limits;
import ai.powertools.ratelimit.RateLimitExceededException;
import ai.powertools.ratelimit.RateLimiter;
import java.time.Duration;

/** Limits of all calls, of each provider, of each model of it, and of each user of all models. */
public final class LimitsForEachUser {
  private LimitsForEachUser() {}

  public static void main(String[] arguments) {
    RateLimiter limiter =
        RateLimiter.builder()
            .name("gateway")
            .concurrency(100)
            .level("provider", provider -> Limits.none().concurrency(20))
            .level("model", LimitsForEachUser::published)
            .levelApart("user", user -> Limits.none().concurrency(2))
            .build();

    Demand ada = Demand.tokens(1_000).at("openai", "gpt-5-mini", "ada").within(Duration.ZERO);
    limiter.acquire(ada); // runs for the rest of this example
    limiter.acquire(ada);
    refused(limiter, ada);
    refused(limiter, ada.at("anthropic", "claude-haiku-4-5", "ada")); // the same user
    refused(limiter, Demand.tokens(9_000_000).at("openai", "gpt-5.4", "eve"));

    limiter.acquire(ada.at("openai", "gpt-5-mini", "eve"));
    System.out.println(limiter.state("openai").inFlight() + " calls at openai");
    System.out.println(limiter.state("openai", "gpt-5-mini", "ada").inFlight() + " of ada");

    // A user who has paid for more, from now on.
    limiter.change(Limits.none().concurrency(5), "openai", "gpt-5-mini", "ada");
    System.out.println("once more: " + limiter.tryAcquire(ada).isPresent());
  }

  private static Limits published(String model) {
    return Limits.perMinute(500, model.startsWith("gpt-5-mini") ? 500_000 : 100_000);
  }

  private static void refused(RateLimiter limiter, Demand demand) {
    try {
      limiter.acquire(demand).close();
      System.out.println("not reached");
    } catch (RateLimitExceededException e) {
      System.out.println(e.getMessage());
    }
  }
}
