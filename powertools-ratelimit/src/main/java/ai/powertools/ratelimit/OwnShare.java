package ai.powertools.ratelimit;

/**
 * A share of limits that one process goes by while it cannot ask for more. Guarded by the gate's
 * guard.
 */
final class OwnShare {
  private final Level[] levels;

  OwnShare(Limits limits, double share) {
    levels =
        limits.list().stream().map(limit -> Level.of(limit.scaled(share), 0)).toArray(Level[]::new);
  }

  boolean covers(Amounts amounts, long now) {
    return openAt(amounts, now) == now;
  }

  /** When so much is there; what is more than a share can ever hold goes when it is full. */
  long openAt(Amounts amounts, long now) {
    long latest = 0;
    for (Level level : levels) {
      level.refill(now);
      long wanted = Math.min(level.of(amounts), level.limit().largest());
      latest = Math.max(latest, level.nanosUntil(wanted, 0));
    }
    return now + latest;
  }

  void take(Amounts amounts, long now) {
    for (Level level : levels) {
      level.refill(now);
      level.take(level.of(amounts));
    }
  }
}
