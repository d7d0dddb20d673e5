package ai.powertools.retry;

import java.time.Duration;

/** See {@link Backoff#exponential}. */
record ExponentialBackoff(Duration first, double factor) implements Backoff {
  ExponentialBackoff {
    Nanos.checkNotNegative("first wait", first);
    if (!(factor >= 1 && factor <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "The factor of a backoff must be a finite number of at least 1, not " + factor);
    }
  }

  @Override
  public Duration after(int attempt) {
    if (first.isZero()) {
      return Duration.ZERO; // zero times infinity would be no number
    }
    return Nanos.saturated(Nanos.of(first) * Math.pow(factor, attempt - 1.0));
  }
}
