package ai.powertools.router;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How fast one model has been. Safe for use by many threads; reading is reading a field. */
final class LatencyTracker {
  /** The longest time that is told apart, in milliseconds: an hour. */
  private static final long LONGEST = 3_600_000;

  /** Speeds are kept in tenths of tokens a second. */
  private static final int TENTHS = 10;

  private static final long FASTEST = 100_000L * TENTHS;

  /** After this, what was measured counts half. */
  private static final Duration HALF_LIFE = Duration.ofMinutes(10);

  /** So long after the last answer, nothing is known any more. */
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  /** How slowly the moving average comes down: Finagle's default. */
  private static final double DECAY_NANOS = 10e9;

  /** With many samples, one more does not move a quantile; they are read out now and then. */
  private static final int OFTEN = 32;

  private static final int EVERY = 16;

  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Latency latency = Latency.UNKNOWN;

  /** Of the last answer; written under the lock. */
  private volatile long lastNanos;

  // Guarded by the lock.
  private @Nullable Quantiles firstTokens;
  private @Nullable Quantiles speeds;
  private double peak;
  private long samples;
  private long halvedNanos;

  LatencyTracker(Time time) {
    this.time = time;
  }

  /**
   * How fast it has been of late. What was long ago is not known any more: a model that was slow
   * then would otherwise never be asked again, and never be found to be fast.
   */
  Latency latency(long now) {
    Latency known = latency;
    return known.isKnown() && now - lastNanos > FORGOTTEN.toNanos() ? Latency.UNKNOWN : known;
  }

  /**
   * Takes in an answer.
   *
   * @param firstToken until it began; null when it came whole
   */
  void record(@Nullable Duration firstToken, Duration whole, long outputTokens) {
    lock.lock();
    try {
      long now = time.nanos();
      age(now);
      double millis = whole.toNanos() / 1e6;
      double writing = millis;
      if (firstToken != null && firstToken.compareTo(whole) <= 0) {
        firstTokens().add(firstToken.toMillis());
        writing = millis - firstToken.toNanos() / 1e6;
      }
      if (outputTokens > 0) {
        speeds().add(Math.round(outputTokens * 1_000.0 * TENTHS / Math.max(writing, 0.1)));
      }
      double weight = samples == 0 ? 0 : Math.exp(-(now - lastNanos) / DECAY_NANOS);
      peak = millis > peak ? millis : peak * weight + millis * (1 - weight);
      lastNanos = now;
      samples++;
      if (samples < OFTEN || samples % EVERY == 0) {
        publish();
      }
    } finally {
      lock.unlock();
    }
  }

  private void age(long now) {
    if (samples > 0 && now - lastNanos > FORGOTTEN.toNanos()) {
      firstTokens = null;
      speeds = null;
      peak = 0;
      samples = 0;
    }
    if (samples == 0) {
      halvedNanos = now;
    } else if (now - halvedNanos > HALF_LIFE.toNanos()) {
      if (firstTokens != null) {
        firstTokens.halve();
      }
      if (speeds != null) {
        speeds.halve();
      }
      halvedNanos = now;
    }
  }

  private void publish() {
    boolean begun = firstTokens != null && firstTokens.samples() > 0;
    boolean fast = speeds != null && speeds.samples() > 0;
    latency =
        new Latency(
            begun ? firstTokens().at(50) : Double.NaN,
            begun ? firstTokens().at(95) : Double.NaN,
            fast ? (double) speeds().at(50) / TENTHS : Double.NaN,
            peak,
            Math.max(begun ? firstTokens().samples() : 0, fast ? speeds().samples() : 1));
  }

  private Quantiles firstTokens() {
    Quantiles known = firstTokens;
    if (known == null) {
      known = new Quantiles(LONGEST);
      firstTokens = known;
    }
    return known;
  }

  private Quantiles speeds() {
    Quantiles known = speeds;
    if (known == null) {
      known = new Quantiles(FASTEST);
      speeds = known;
    }
    return known;
  }
}
