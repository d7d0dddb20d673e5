package ai.powertools.benchmarks;

import ai.powertools.retry.CircuitBreakers;
import ai.powertools.retry.ErrorHandler;
import ai.powertools.retry.Retry;
import java.time.Duration;

/** Our retry, by itself and in a handler. */
final class OurCallers {
  private OurCallers() {}

  /** The retry alone, which does not wait. */
  static Caller retrying() {
    return retry()::call;
  }

  /** With a circuit breaker and a bulkhead around each attempt. */
  static Caller guarded() {
    return ErrorHandler.builder()
            .retry(retry())
            .circuitBreakers(CircuitBreakers.ofDefaults())
            .bulkhead(PeerCallers.PLACES)
            .build()
        ::call;
  }

  private static Retry retry() {
    return Retry.builder().maxAttempts(PeerCallers.ATTEMPTS).fixed(Duration.ZERO).build();
  }
}
