package ai.powertools.benchmarks;

import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Permit;
import ai.powertools.ratelimit.RateLimiter;
import ai.powertools.ratelimit.RateLimiterBuilder;
import java.util.Optional;

/** Our limiter, which holds all limits together, all or nothing. */
final class OurTakers {
  private OurTakers() {}

  /** Takes for good: what compares with the peers, who take nothing back either. */
  static Taker plain(Allowance allowance) {
    RateLimiter limiter = limiter(allowance);
    Demand demand = Demand.request();
    return () -> limiter.tryTake(demand);
  }

  /** Takes with a permit, which is closed. */
  static Taker permit(Allowance allowance) {
    RateLimiter limiter = limiter(allowance);
    Demand demand = Demand.request();
    return () -> takeAndClose(limiter, demand);
  }

  private static boolean takeAndClose(RateLimiter limiter, Demand demand) {
    Optional<Permit> permit = limiter.tryAcquire(demand);
    permit.ifPresent(Permit::close);
    return permit.isPresent();
  }

  private static RateLimiter limiter(Allowance allowance) {
    RateLimiterBuilder builder = RateLimiter.builder();
    allowance
        .windows()
        .forEach(window -> builder.requestsPer(window.amount(), window.length(), window.burst()));
    return builder.build();
  }
}
