package ai.powertools.router;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which model's prompt cache has the beginning of a conversation, by the task's key. The last few
 * thousand keys are remembered.
 */
final class WarmCaches {
  private static final int KEYS = 10_000;

  /** How long vendors keep a prompt at least: five minutes since its last use at Anthropic's. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Warm> warm =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Warm> eldest) {
          return size() > KEYS;
        }
      };

  WarmCaches(Time time) {
    this.time = time;
  }

  /**
   * What a cache has.
   *
   * @param label whose cache
   * @param tokens how long the beginning is
   */
  record Warm(String label, long tokens, long nanos) {}

  /** The warm cache of a key; null when there is none any more. */
  @Nullable Warm of(long key) {
    lock.lock();
    try {
      Warm found = warm.get(key);
      return found != null && time.since(found.nanos()).compareTo(KEPT) < 0 ? found : null;
    } finally {
      lock.unlock();
    }
  }

  void served(long key, String label, long tokens) {
    lock.lock();
    try {
      warm.put(key, new Warm(label, tokens, time.nanos()));
    } finally {
      lock.unlock();
    }
  }
}
