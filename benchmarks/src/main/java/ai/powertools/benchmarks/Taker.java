package ai.powertools.benchmarks;

/** A limiter that is asked for one request, now or not at all. Safe for use by many threads. */
@FunctionalInterface
interface Taker {
  /** Takes one request, for good, if it is there; never waits. */
  boolean take();

  /**
   * Several limiters, one after the other, for those who hold one limit each. Not atomic: what the
   * first ones gave is lost when a later one refuses.
   *
   * @param each one or three
   */
  static Taker inTurn(Taker... each) {
    if (each.length == 1) {
      return each[0];
    }
    Taker first = each[0];
    Taker second = each[1];
    Taker third = each[2];
    return () -> first.take() && second.take() && third.take();
  }
}
