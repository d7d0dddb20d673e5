package ai.powertools.ratelimit;

/**
 * When those who wait at a place will be let through, one after the other, if nothing happens in
 * between: no call is corrected, nobody gives up or comes before them. A call that waits for
 * another one to end may be later than planned, never earlier.
 *
 * <p>Not safe for use by several threads; the gate's guard keeps them apart.
 */
final class Plan {
  private final Level[] levels;
  private long at;
  private String inTheWay;

  /**
   * @param levels copies that this plan may spend
   * @param from when the first can be let through, as far as everything but the limits goes
   * @param inTheWay what to name when no limit has to be waited for
   */
  Plan(Level[] levels, long from, String inTheWay) {
    this.levels = levels;
    this.at = from;
    this.inTheWay = inTheWay;
    refill();
  }

  private void refill() {
    for (Level level : levels) {
      level.refill(at);
    }
  }

  /** It has become later. */
  void advance(long now) {
    if (now > at) {
      at = now;
      refill();
    }
  }

  /** When it stands. */
  long at() {
    return at;
  }

  /** When the next one could be let through. */
  long earliest(Amounts amounts) {
    long latest = 0;
    for (Level level : levels) {
      latest = Math.max(latest, level.nanosUntil(level.of(amounts), 0));
    }
    return Math.min(Level.FAR, at + Math.min(Level.FAR, latest));
  }

  /** What the next one would wait for last. */
  String inTheWay(Amounts amounts) {
    String slowest = inTheWay;
    long latest = 0;
    for (Level level : levels) {
      long nanos = level.nanosUntil(level.of(amounts), 0);
      if (nanos > latest) {
        latest = nanos;
        slowest = level.limit().toString();
      }
    }
    return slowest;
  }

  /** Lets the next one through, in the plan. */
  void admit(Amounts amounts) {
    inTheWay = inTheWay(amounts);
    at = earliest(amounts);
    refill();
    for (Level level : levels) {
      level.take(level.of(amounts));
    }
  }
}
