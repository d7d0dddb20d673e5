package ai.powertools.retry;

import java.time.Duration;

/** See {@link Backoff#fixed}. */
record FixedBackoff(Duration delay) implements Backoff {
  FixedBackoff {
    Nanos.checkNotNegative("wait", delay);
  }

  @Override
  public Duration after(int attempt) {
    return delay;
  }
}
