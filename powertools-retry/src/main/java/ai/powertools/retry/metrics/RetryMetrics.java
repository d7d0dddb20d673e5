package ai.powertools.retry.metrics;

import ai.powertools.core.ConfigurationException;
import ai.powertools.retry.RetryListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;

/**
 * Counts and times what a retry does, in a registry of Micrometer's. Needs {@code
 * io.micrometer:micrometer-core} on the class path.
 *
 * <pre>{@code
 * Retry retry =
 *     Retry.builder().listener(RetryMetrics.on(registry, Tags.of("retry", "openai"))).build();
 * }</pre>
 *
 * <ul>
 *   <li>{@code powertools.retry.calls}, a counter by {@code outcome}: {@code first} (the first
 *       attempt answered), {@code retried} (a later one did), {@code failed} or {@code cancelled};
 *   <li>{@code powertools.retry.retries}, a counter by {@code kind} of the error that made the
 *       attempt necessary, as in {@code throttled};
 *   <li>{@code powertools.retry.wait}, a timer of the waits before those attempts, as planned.
 * </ul>
 *
 * <p>Seven series for each set of tags. The listeners are safe for use by many threads.
 */
public final class RetryMetrics {
  private static final String REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

  private RetryMetrics() {}

  /**
   * A listener that counts in Micrometer's global registry.
   *
   * @throws ConfigurationException if Micrometer is not on the class path
   */
  public static RetryListener global() {
    if (!isThere()) {
      throw new ConfigurationException(
          "Metrics of retries need Micrometer, which is not on the class path: add"
              + " io.micrometer:micrometer-core.");
    }
    return Global.listener();
  }

  /** A listener that counts in this registry. */
  public static RetryListener on(MeterRegistry registry) {
    return on(registry, Tags.empty());
  }

  /**
   * A listener that counts in this registry.
   *
   * @param tags of all its meters, to tell retries apart; registries such as that of Prometheus
   *     want the same names of tags for all
   */
  public static RetryListener on(MeterRegistry registry, Iterable<Tag> tags) {
    return new MeteredRetries(registry, tags);
  }

  private static boolean isThere() {
    try {
      Class.forName(REGISTRY, false, RetryMetrics.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Apart, so that nothing of Micrometer is asked for before it is seen to be there. */
  private static final class Global {
    static RetryListener listener() {
      return on(Metrics.globalRegistry);
    }
  }
}
