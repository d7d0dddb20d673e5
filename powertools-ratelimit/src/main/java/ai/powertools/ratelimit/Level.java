package ai.powertools.ratelimit;

/**
 * How much of one limit is there at a moment. Below zero is debt. All times are nanoseconds on the
 * gate's clock; each method but {@link #refill} speaks of the moment of the last refill.
 *
 * <p>Not safe for use by several threads; the gate's guard keeps them apart.
 */
abstract class Level {
  /** 73 years: what is further away than this does not come. */
  static final long FAR = Long.MAX_VALUE / 4;

  /** What can never be. */
  static final long NEVER = Long.MAX_VALUE;

  private final Limit limit;
  private final int slot;

  Level(Limit limit) {
    this.limit = limit;
    this.slot = limit.dimension().slot();
  }

  /** A full one. */
  static Level of(Limit limit, long now) {
    return limit.counting() == Counting.TOKEN_BUCKET
        ? new TokenBucket(limit, now)
        : new SlidingWindow(limit, now);
  }

  final Limit limit() {
    return limit;
  }

  /** What this limit is asked for. */
  final long of(Amounts amounts) {
    return amounts.of(slot, limit.dimension());
  }

  /** Lets in what came since the last time; a time that has passed already changes nothing. */
  abstract void refill(long now);

  /** Whole units that are there; negative in debt. */
  abstract long units();

  /**
   * How long until so much can be taken while {@code claimed} is kept for others: zero when it is
   * there, {@link #FAR} at most, and {@link #NEVER} when it is more than there can be.
   */
  abstract long nanosUntil(long wanted, long claimed);

  /**
   * Lets in what came and takes so much, if it is there then; for good. May say no to what is more
   * than a burst, though it could go.
   */
  abstract boolean takeIfThere(long count, long now);

  /** Undoes the take just made. */
  abstract void putBack(long count);

  /** Takes, whether it is there or not, for good: none of it ever goes back. */
  abstract void take(long count);

  /**
   * Takes, and remembers what it takes to give some of it back.
   *
   * @param number the number of this charge, higher than all before it
   * @param oldest the number of the oldest charge that may still have to be corrected
   */
  abstract void charge(long count, long number, long oldest);

  /** Nothing charged before this number will be given back any more. */
  abstract void forget(long number);

  /**
   * Gives back what a charge should not have taken, as much as would still be there had it never
   * been taken.
   *
   * @param number the number of the charge
   * @param chargedAt when it was made
   */
  abstract void giveBack(long count, long number, long chargedAt);

  /** Leaves at most so much. */
  abstract void lower(long units);

  /** The same level, to plan with. */
  abstract Level copy();

  /**
   * The same under another limit: what is missing stays missing.
   *
   * @param number that of the last charge: none up to it can be given back any more
   */
  abstract Level under(Limit changed, long number);

  /** Whether it is as good as new. */
  abstract boolean isFull();
}
