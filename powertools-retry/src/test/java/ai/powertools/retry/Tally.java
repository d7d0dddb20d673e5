package ai.powertools.retry;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a retry tells of. */
final class Tally implements RetryListener {
  private final AtomicInteger retries = new AtomicInteger();
  private final AtomicInteger free = new AtomicInteger();
  private final List<RetryEnd> ends = new CopyOnWriteArrayList<>();

  @Override
  public void onRetry(RetryEvent event) {
    retries.incrementAndGet();
    if (event.error() instanceof BulkheadFullException) {
      free.incrementAndGet();
    }
  }

  @Override
  public void onEnd(RetryEnd end) {
    ends.add(end);
  }

  /** How often a wait was announced. */
  int retries() {
    return retries.get();
  }

  /** How many of those cost the budget nothing, since a full bulkhead is one's own. */
  int free() {
    return free.get();
  }

  int ends() {
    return ends.size();
  }

  /** Calls that came to an attempt. */
  long calls() {
    return ends.stream().filter(end -> end.attempts() > 0).count();
  }

  /** Attempts after the first that were made. */
  long retriesMade() {
    return ends.stream().mapToLong(end -> Math.max(0, end.attempts() - 1)).sum();
  }
}
