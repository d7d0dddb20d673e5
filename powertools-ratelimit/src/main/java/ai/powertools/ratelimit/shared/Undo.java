package ai.powertools.ratelimit.shared;

/** What becomes of a grant that came when nobody waited for it any more. */
final class Undo {
  private Undo() {}

  /** Gives all of it back. Should that fail, it comes in again by itself. */
  static void late(SharedLimits limits, SharedTake take, Grant grant) {
    if (grant.granted()) {
      var unusedGiven = limits.giveBack(take.key(), take.limits(), grant.amounts(), grant.stamp());
      if (take.lease().isPresent()) {
        var unusedRelease = limits.release(take.key(), take.lease().get());
      }
    }
  }
}
