package ai.powertools.retry;

import java.time.Duration;

/** See {@link Backoff#linear}. */
record LinearBackoff(Duration first, Duration step) implements Backoff {
  LinearBackoff {
    Nanos.checkNotNegative("first wait", first);
    Nanos.checkNotNegative("step", step);
  }

  @Override
  public Duration after(int attempt) {
    long start = Nanos.of(first);
    long more = Nanos.of(step);
    long steps = attempt - 1L;
    if (more != 0 && steps > (Long.MAX_VALUE - start) / more) {
      return Nanos.LONGEST;
    }
    return Duration.ofNanos(start + more * steps);
  }
}
