package ai.powertools.ratelimit.shared;

/**
 * How much of one limit is there. Times are microseconds of the line's clock.
 *
 * <p>Not safe for use by several threads; the line guards it.
 */
sealed interface Level permits BucketLevel, WindowLevel {
  /**
   * A limit that nothing was taken from.
   *
   * @param stamp the highest of all grants so far
   */
  static Level of(ExactLimit limit, long now, long stamp) {
    return limit.isWindow()
        ? new WindowLevel(Math.max(stamp, now - 1))
        : new BucketLevel(limit.most(), now);
  }

  /**
   * Brings it up to a moment. What is decided from then on must be in the line's time as seen: a
   * clock that is set back afterwards has to set this level back, too.
   */
  void refill(ExactLimit limit, long to);

  /**
   * How long after a moment so much can be taken. Only looks: a refusal leaves no trace.
   *
   * @param from not before the moment it was brought up to
   */
  long microsUntil(ExactLimit limit, long wanted, long from);

  /** What can be taken at once; negative in debt. */
  long available(ExactLimit limit);

  /** Takes at the moment it was brought up to, whether it is there or not. */
  void take(ExactLimit limit, long count, long stamp, long at);

  /** Gives back what the grant of this stamp should not have taken, as far as that is right. */
  void giveBack(ExactLimit limit, long count, long stamp);

  /** The clock went back by so much: so do all times. */
  void shift(long back);
}
