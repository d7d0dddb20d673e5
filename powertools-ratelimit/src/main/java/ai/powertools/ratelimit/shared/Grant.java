package ai.powertools.ratelimit.shared;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a {@link SharedTake}.
 *
 * @param granted whether anything was taken
 * @param delay how long after the answer what was taken may be used; when it was refused, how long
 *     it would be at least, zero when that depends on when a call ends
 * @param amounts what was taken; empty when nothing was
 * @param inTheWay what has to be waited for longest; empty when nothing has to, and when it is not
 *     a limit but a pause or a place
 * @param closedFor how long nobody is let through because of {@link SharedLimits#backOff}
 * @param stamp says to {@link SharedLimits#giveBack} when it was taken; no time of any clock
 */
public record Grant(
    boolean granted,
    Duration delay,
    Map<Dimension, Long> amounts,
    Optional<Limit> inTheWay,
    Duration closedFor,
    long stamp) {
  private static final Grant BUSY =
      new Grant(false, Duration.ZERO, Map.of(), Optional.empty(), Duration.ZERO, 0);

  /** Keeps a copy of the amounts. */
  public Grant {
    amounts = Map.copyOf(amounts);
  }

  /** Refused, since all places of a concurrency limit are taken; nobody knows for how long. */
  public static Grant busy() {
    return BUSY;
  }

  /** Whether it was refused because all places are taken. */
  public boolean isBusy() {
    return !granted && delay.isZero();
  }
}
