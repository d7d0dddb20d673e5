package ai.powertools.retry;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** How a circuit breaker stands. */
public enum BreakerState {
  /** Calls go through and are counted. */
  CLOSED,
  /** Too many failed, or were slow: no call goes through for a while. */
  OPEN,
  /** The while is over: a few calls go through to see whether they succeed. */
  HALF_OPEN,
  /** Somebody forced it open: no call goes through until it is reset. */
  FORCED_OPEN,
  /** Somebody switched it off: all calls go through, and none is counted, until it is reset. */
  DISABLED,
  /** All calls go through and are counted, but it never opens, until it is reset. */
  METRICS_ONLY;

  static BreakerState of(CircuitBreaker.State state) {
    return switch (state) {
      case CLOSED -> CLOSED;
      case OPEN -> OPEN;
      case HALF_OPEN -> HALF_OPEN;
      case FORCED_OPEN -> FORCED_OPEN;
      case DISABLED -> DISABLED;
      case METRICS_ONLY -> METRICS_ONLY;
    };
  }
}
