package ai.powertools.ratelimit.shared;

import ai.powertools.ratelimit.Counting;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of limits that several processes share.
 *
 * @param key whose limits, such as the name of a vendor's key
 * @param limits what holds for it; all processes should say the same
 * @param least all of this or nothing
 * @param most what may be taken for later calls beyond {@code least}, where it is there now; what
 *     it does not name is taken as {@code least} says
 * @param maxWait how far ahead it may be granted; no further than {@code ttl}, so that what a dead
 *     process was granted holds nobody up for longer
 * @param lease the name of the place it takes if calls at once are limited; empty for none
 * @param ttl how long that place is held without a word, from when the grant may be used
 */
public record SharedTake(
    String key,
    Limits limits,
    Map<Dimension, Long> least,
    Map<Dimension, Long> most,
    Duration maxWait,
    Optional<String> lease,
    Duration ttl) {
  private static final Duration LONGEST = Duration.ofDays(366);

  /**
   * Checks all.
   *
   * @throws IllegalArgumentException if a number is negative, a time is negative or longer than a
   *     year, the ttl is shorter than a millisecond, or {@code least} is more than there can ever
   *     be
   */
  public SharedTake {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("Shared limits need a key, not an empty one.");
    }
    least = Map.copyOf(least);
    most = Map.copyOf(most);
    least.forEach(SharedTake::requireCount);
    most.forEach(SharedTake::requireCount);
    for (Limit limit : limits.list()) {
      requirePossible(limit, least.getOrDefault(limit.dimension(), 0L));
    }
    if (maxWait.isNegative()) {
      throw new IllegalArgumentException("Nobody waits for " + maxWait + ": give zero or more.");
    }
    maxWait = maxWait.compareTo(LONGEST) > 0 ? LONGEST : maxWait;
    if (ttl.toMillis() < 1 || ttl.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A place is held for 1 ms to a year without a word, not for " + ttl + ".");
    }
  }

  /** So much of a key now or never, without a place. */
  public static SharedTake of(String key, Limits limits, Map<Dimension, Long> amounts) {
    return new SharedTake(
        key, limits, amounts, Map.of(), Duration.ZERO, Optional.empty(), Duration.ofMinutes(1));
  }

  /** The same, waiting for so long at most. */
  public SharedTake within(Duration maxWait) {
    return new SharedTake(key, limits, least, most, maxWait, lease, ttl);
  }

  /** The same, with up to so much for later calls. */
  public SharedTake upTo(Map<Dimension, Long> most) {
    return new SharedTake(key, limits, least, most, maxWait, lease, ttl);
  }

  /** The same, with a place that is held for so long without a word. */
  public SharedTake holding(String lease, Duration ttl) {
    return new SharedTake(key, limits, least, most, maxWait, Optional.of(lease), ttl);
  }

  /** How far ahead it may be granted. */
  Duration ahead() {
    return maxWait.compareTo(ttl) < 0 ? maxWait : ttl;
  }

  private static void requireCount(Dimension dimension, long count) {
    if (count < 0 || count > ExactLimit.MOST) {
      throw new IllegalArgumentException(
          "%d %s make no sense: give 0 to %d.".formatted(count, dimension, ExactLimit.MOST));
    }
  }

  private static void requirePossible(Limit limit, long count) {
    long largest =
        limit.counting() == Counting.SLIDING_WINDOW
            ? limit.amount()
            : Math.max(limit.amount(), limit.burst());
    if (count > largest) {
      throw new IllegalArgumentException(
          "There are never more than %d of %s, and %d are asked for. Ask for less, or raise it."
              .formatted(largest, limit, count));
    }
  }
}
