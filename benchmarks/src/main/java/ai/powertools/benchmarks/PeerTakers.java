package ai.powertools.benchmarks;

import com.google.common.util.concurrent.RateLimiter;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.local.LocalBucketBuilder;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Other people's limiters, set up as their documentation has it. Bucket4j holds all limits in one
 * bucket, all or nothing; of the others there is one for each limit, asked in turn.
 */
final class PeerTakers {
  /** Ends no wait: who cannot be let through is refused. */
  private static final Duration NOW = Duration.ZERO;

  private PeerTakers() {}

  /** So many in each period, all of them at its start. */
  static Taker resilience4j(Allowance allowance) {
    return inTurn(allowance.windows(Integer.MAX_VALUE).map(PeerTakers::resilience4j));
  }

  private static Taker resilience4j(Allowance.Window window) {
    RateLimiterConfig config =
        RateLimiterConfig.custom()
            .limitForPeriod((int) window.amount())
            .limitRefreshPeriod(window.length())
            .timeoutDuration(NOW)
            .build();
    var limiter = io.github.resilience4j.ratelimiter.RateLimiter.of("peer", config);
    return limiter::acquirePermission;
  }

  /** Token buckets without a lock, to the nanosecond as ours; the default is milliseconds. */
  static Taker bucket4j(Allowance allowance) {
    LocalBucketBuilder builder = Bucket.builder().withNanosecondPrecision();
    for (Allowance.Window window : allowance.windows().toList()) {
      builder.addLimit(
          limit -> limit.capacity(window.burst()).refillGreedy(window.amount(), window.length()));
    }
    Bucket bucket = builder.build();
    return () -> bucket.tryConsume(1);
  }

  /** Even; what was not used within the last second may come at once. */
  static Taker guava(Allowance allowance) {
    return inTurn(allowance.windows(Integer.MAX_VALUE).map(PeerTakers::guava));
  }

  private static Taker guava(Allowance.Window window) {
    double perSecond = window.amount() / (double) window.length().toSeconds();
    RateLimiter limiter = RateLimiter.create(perSecond);
    return limiter::tryAcquire;
  }

  /** So many in each period, all of them at its start. */
  static Taker failsafeBursty(Allowance allowance) {
    return inTurn(allowance.windows(Integer.MAX_VALUE).map(PeerTakers::failsafeBursty));
  }

  private static Taker failsafeBursty(Allowance.Window window) {
    dev.failsafe.RateLimiter<Object> limiter =
        dev.failsafe.RateLimiter.burstyBuilder(window.amount(), window.length()).build();
    return limiter::tryAcquirePermit;
  }

  /** One in each interval: with plenty, in each nanosecond, the shortest that it can be told. */
  static Taker failsafeSmooth(Allowance allowance) {
    return inTurn(
        allowance
            .windows(1)
            .map(window -> allowance.plenty() ? Duration.ofNanos(1) : window.length())
            .map(PeerTakers::failsafeSmooth));
  }

  private static Taker failsafeSmooth(Duration interval) {
    dev.failsafe.RateLimiter<Object> limiter =
        dev.failsafe.RateLimiter.smoothBuilder(interval).build();
    return limiter::tryAcquirePermit;
  }

  private static Taker inTurn(Stream<Taker> each) {
    return Taker.inTurn(each.toArray(Taker[]::new));
  }
}
