package ai.powertools.retry;

import java.time.Duration;

/** See {@link Backoff#polynomial}. */
record PolynomialBackoff(Duration first, double power) implements Backoff {
  PolynomialBackoff {
    Nanos.checkNotNegative("first wait", first);
    if (!(power >= 0 && power <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "The power of a backoff must be a finite number of at least 0, not " + power);
    }
  }

  @Override
  public Duration after(int attempt) {
    if (first.isZero()) {
      return Duration.ZERO; // zero times infinity would be no number
    }
    return Nanos.saturated(Nanos.of(first) * Math.pow(attempt, power));
  }
}
