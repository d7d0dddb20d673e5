package ai.powertools.retry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Begins a second call beside one that takes long, and takes the answer that comes first: it trades
 * a few more calls for a shorter tail of latencies. The other is cancelled. Only for work that may
 * be done twice, or whose {@link Attempt#idempotencyKey()} the other side heeds.
 *
 * <pre>{@code
 * Hedge.after(Duration.ofSeconds(2)).maxShare(0.05)
 * Hedge.atPercentile(0.95)      // of the latencies seen of late
 * }</pre>
 *
 * <p>A call that fails before its hedge begins just fails: that is for the retry. An error counts
 * only when all calls under way have ended in one. Immutable; the calls and latencies are counted
 * by the handler that has it.
 */
public final class Hedge {
  private static final double DEFAULT_SHARE = 0.05;

  private final @Nullable Duration delay;
  private final double percentile;
  private final int max;
  private final double share;

  private Hedge(@Nullable Duration delay, double percentile, int max, double share) {
    this.delay = delay;
    this.percentile = percentile;
    this.max = max;
    this.share = share;
  }

  /**
   * A hedge for calls that take longer than this, and for at most 5 % of calls.
   *
   * @throws IllegalArgumentException if negative
   */
  public static Hedge after(Duration delay) {
    Nanos.checkNotNegative("delay of a hedge", delay);
    return new Hedge(delay, 0, 1, DEFAULT_SHARE);
  }

  /**
   * A hedge for calls that take longer than this share of the last 128 answers, once there are 20
   * of them, and for at most 5 % of calls.
   *
   * @param percentile as in 0.95; between 0.5 and 1
   * @throws IllegalArgumentException if it is anything else
   */
  public static Hedge atPercentile(double percentile) {
    if (!(percentile >= 0.5 && percentile < 1)) {
      throw new IllegalArgumentException(
          "The percentile of a hedge must lie between 0.5 and 1, not " + percentile);
    }
    return new Hedge(null, percentile, 1, DEFAULT_SHARE);
  }

  /**
   * How many calls may be begun beside the first, each as much later; 1 by default.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public Hedge max(int calls) {
    if (calls < 1) {
      throw new IllegalArgumentException("A hedge is at least 1 call more, not " + calls);
    }
    return new Hedge(delay, percentile, calls, share);
  }

  /**
   * For which share of calls there may be hedges, however slow they are; 0.05 by default.
   *
   * @throws IllegalArgumentException as {@link RetryBudget#share}
   */
  public Hedge maxShare(double share) {
    RetryBudget.builder(share);
    return new Hedge(delay, percentile, max, share);
  }

  /** The fixed delay; null if it follows from latencies. */
  @Nullable Duration delay() {
    return delay;
  }

  double percentile() {
    return percentile;
  }

  int max() {
    return max;
  }

  double share() {
    return share;
  }
}
