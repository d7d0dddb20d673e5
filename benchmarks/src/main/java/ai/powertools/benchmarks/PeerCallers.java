package ai.powertools.benchmarks;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;

/**
 * Other people's retries, circuit breakers and bulkheads, set up as ours are: three attempts
 * without waits; a breaker that looks at the last 50 calls, and opens for 30 s when half of them
 * fail; a bulkhead that does not wait. What is made anew for each call is what depends on its work.
 */
final class PeerCallers {
  static final int ATTEMPTS = 3;
  static final int PLACES = 8;
  private static final int WINDOW = 50;
  private static final int MINIMUM = 10;
  private static final Duration OPEN = Duration.ofSeconds(30);

  private PeerCallers() {}

  static Caller resilience4jRetrying() {
    return resilience4jRetry()::executeCallable;
  }

  static Caller resilience4jGuarded() {
    Retry retry = resilience4jRetry();
    CircuitBreaker breaker =
        CircuitBreaker.of(
            "peer",
            CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, MINIMUM, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .waitDurationInOpenState(OPEN)
                .build());
    Bulkhead bulkhead =
        Bulkhead.of(
            "peer",
            BulkheadConfig.custom()
                .maxConcurrentCalls(PLACES)
                .maxWaitDuration(Duration.ZERO)
                .build());
    return work ->
        retry.executeCallable(() -> breaker.executeCallable(() -> bulkhead.executeCallable(work)));
  }

  private static Retry resilience4jRetry() {
    return Retry.of(
        "peer", RetryConfig.custom().maxAttempts(ATTEMPTS).intervalFunction(attempt -> 0L).build());
  }

  static Caller failsafeRetrying() {
    FailsafeExecutor<String> executor = Failsafe.with(failsafeRetry());
    return work -> executor.get(work::call);
  }

  static Caller failsafeGuarded() {
    dev.failsafe.CircuitBreaker<String> breaker =
        dev.failsafe.CircuitBreaker.<String>builder()
            .withFailureThreshold(WINDOW / 2, WINDOW)
            .withDelay(OPEN)
            .build();
    dev.failsafe.Bulkhead<String> bulkhead = dev.failsafe.Bulkhead.of(PLACES);
    FailsafeExecutor<String> executor = Failsafe.with(failsafeRetry(), breaker, bulkhead);
    return work -> executor.get(work::call);
  }

  private static RetryPolicy<String> failsafeRetry() {
    return RetryPolicy.<String>builder().withMaxAttempts(ATTEMPTS).build();
  }
}
