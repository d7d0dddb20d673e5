package ai.powertools.retry;

import java.time.Duration;
import java.util.List;

/** See {@link Backoff#of}. */
record ListedBackoff(List<Duration> waits) implements Backoff {
  ListedBackoff {
    if (waits.isEmpty()) {
      throw new IllegalArgumentException("A backoff needs at least one wait.");
    }
    waits.forEach(wait -> Nanos.checkNotNegative("wait", wait));
  }

  @Override
  public Duration after(int attempt) {
    return waits.get(Math.min(attempt, waits.size()) - 1);
  }
}
