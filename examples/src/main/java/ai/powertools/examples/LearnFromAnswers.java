package ai.powertools.examples;

import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.LimitReport;
import ai.powertools.ratelimit.LimiterEvent;
import ai.powertools.ratelimit.Permit;
import ai.powertools.ratelimit.RateLimiter;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A limiter that begins with a guess, and goes by what the provider says from the first answer. */
public final class LearnFromAnswers {
  private LearnFromAnswers() {}

  public static void main(String[] arguments) {
    VirtualClock clock = VirtualClock.create(); // only so that the output is always the same
    RateLimiter limiter =
        RateLimiter.builder()
            .name("openai")
            .requestsPerMinute(60)
            .tokensPerMinute(30_000)
            .burst(1)
            .onEvent(LearnFromAnswers::print)
            .time(clock)
            .build();

    // What came with an answer; that of java.net.http is response.headers().map().
    Map<String, List<String>> headers =
        Map.of(
            "x-ratelimit-limit-requests", List.of("500"),
            "x-ratelimit-remaining-requests", List.of("480"),
            "x-ratelimit-limit-tokens", List.of("200000"),
            "x-ratelimit-remaining-tokens", List.of("150000"));
    try (Permit permit = limiter.acquire(Demand.tokens(1_000))) {
      permit.learn(LimitReport.of(headers, clock.instant()));
      permit.used(900);
    }
    // Somebody else uses the key too: 150,000 are left, not 199,000.
    System.out.println(limiter.state().available(Dimension.TOKENS).orElseThrow() + " tokens left");

    // A 429: nobody is let through for seven seconds, then one call first, then two …
    try (Permit permit = limiter.acquire(Demand.tokens(1_000))) {
      permit.throttled(Duration.ofSeconds(7));
    }
    System.out.println("now: " + now(limiter));
    clock.advance(Duration.ofSeconds(7));
    Optional<Permit> first = limiter.tryAcquire(Demand.tokens(1_000));
    System.out.println("after seven seconds: " + first.isPresent());
    System.out.println("beside it: " + now(limiter));
    first.ifPresent(Permit::close);
    System.out.println("when it has gone well: " + now(limiter));
  }

  private static boolean now(RateLimiter limiter) {
    Optional<Permit> permit = limiter.tryAcquire(Demand.tokens(1_000));
    permit.ifPresent(Permit::cancel);
    return permit.isPresent();
  }

  private static void print(LimiterEvent event) {
    if (event instanceof LimiterEvent.Changed changed) {
      System.out.println("learned: " + changed.limits());
    } else if (event instanceof LimiterEvent.Closed closed) {
      System.out.println("closed for " + closed.pause().toSeconds() + " s");
    }
  }
}
