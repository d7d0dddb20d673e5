package ai.powertools.ratelimit;

/**
 * When those who wait will be let through, one after the other, if nothing happens in between: no
 * call is corrected, nobody gives up. A call that waits for another one to end may be later than
 * planned, never earlier.
 *
 * <p>Not safe for use by several threads; the gate's lock guards it.
 */
final class Plan {
  private final Buckets buckets;
  private long at;
  private String inTheWay;

  /**
   * @param buckets a copy that this plan may spend
   * @param from when the first can be let through, as far as everything but the limits goes
   * @param inTheWay what to name when no limit has to be waited for
   */
  Plan(Buckets buckets, long from, String inTheWay) {
    this.buckets = buckets;
    this.at = from;
    this.inTheWay = inTheWay;
    buckets.refill(from);
  }

  /** It has become later. */
  void advance(long now) {
    if (now > at) {
      at = now;
      buckets.refill(now);
    }
  }

  /** When the next one could be let through. */
  long earliest(Demand demand) {
    return Math.min(Bucket.FAR, at + buckets.nanosUntil(demand));
  }

  /** What the next one would wait for last. */
  String inTheWay(Demand demand) {
    Limit slowest = buckets.slowest(demand);
    return slowest == null ? inTheWay : slowest.toString();
  }

  /** Lets the next one through, in the plan. */
  void admit(Demand demand) {
    inTheWay = inTheWay(demand);
    at = earliest(demand);
    buckets.refill(at);
    buckets.take(demand);
  }
}
