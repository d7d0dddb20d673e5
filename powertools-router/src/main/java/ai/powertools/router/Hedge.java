package ai.powertools.router;

import java.time.Duration;
import java.util.Optional;

/**
 * Asks a second model when the first is slower than it should be, takes whichever begins to answer
 * first, and hangs up on the other, which is on the bill all the same ("The tail at scale", Dean
 * and Barroso, 2013). The events of a stream come on a thread of the router's then.
 *
 * @param delay how long to give the first model; empty for the time in which nineteen of twenty of
 *     its answers begin, and no hedge until that is known
 * @param share the most calls that may be hedged, 0 to 1
 */
public record Hedge(Optional<Duration> delay, double share) {
  /** How many answers have to be measured before it is known which are too slow. */
  static final int MEASURED = 20;

  /**
   * Refuses nonsense.
   *
   * @throws IllegalArgumentException if the share is not within 0 to 1 or the delay negative
   */
  public Hedge {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share lies between 0 and 1, not at " + share + ".");
    }
    if (delay.isPresent() && delay.get().isNegative()) {
      throw new IllegalArgumentException("A delay can't be negative: " + delay.get() + ".");
    }
  }

  /** When the first model is slower than in nineteen of twenty calls; at most 5 % of calls. */
  public static Hedge atP95() {
    return new Hedge(Optional.empty(), 0.05);
  }

  /** When the first model has not begun by then; at most 5 % of calls. */
  public static Hedge after(Duration delay) {
    return new Hedge(Optional.of(delay), 0.05);
  }

  /** At most this share of calls. */
  public Hedge share(double most) {
    return new Hedge(delay, most);
  }

  /** How long to give a model; empty to let it be. */
  Optional<Duration> delayFor(Latency latency) {
    if (delay.isPresent()) {
      return delay;
    }
    return latency.samples() >= MEASURED && latency.slowFirstToken() > 0
        ? Optional.of(Duration.ofMillis(Math.round(latency.slowFirstToken())))
        : Optional.empty();
  }
}
