package ai.powertools.retry;

import java.time.Duration;

/** See {@link Backoff#fibonacci}. */
record FibonacciBackoff(Duration unit) implements Backoff {
  /** The last Fibonacci number that fits a long is the 92nd. */
  private static final int LAST = 92;

  FibonacciBackoff {
    Nanos.checkNotNegative("unit", unit);
  }

  @Override
  public Duration after(int attempt) {
    long nanos = Nanos.of(unit);
    long factor = number(Math.min(attempt, LAST));
    return nanos > Long.MAX_VALUE / factor ? Nanos.LONGEST : Duration.ofNanos(nanos * factor);
  }

  private static long number(int n) {
    long before = 0;
    long current = 1;
    for (int i = 1; i < n; i++) {
      long next = before + current;
      before = current;
      current = next;
    }
    return current;
  }
}
