package ai.powertools.ratelimit.shared;

/**
 * A token bucket: whole units, and a rest in parts of the limit's period, so that nothing is
 * rounded away however often it is asked.
 */
final class BucketLevel implements Level {
  private final Crests crests = new Crests();
  private long units;
  private long rest;
  private long period;
  private long at;

  BucketLevel(long units, long at) {
    this.units = units;
    this.at = at;
  }

  @Override
  public void refill(ExactLimit limit, long to) {
    Quotient held = heldAt(limit, to);
    units = held.whole();
    rest = held.rest();
    period = limit.period();
    at = Math.max(at, to);
  }

  /** Its units, and the rest in parts of the limit's period, at a moment. */
  private Quotient heldAt(ExactLimit limit, long to) {
    if (units > limit.most()) {
      return new Quotient(limit.most(), 0);
    }
    // When the limit has changed, so has what a rest is a part of.
    long part = period == limit.period() ? rest : 0;
    long passed = to - at;
    if (passed <= 0) {
      return new Quotient(units, part);
    }
    long missing = limit.most() - units;
    if (missing == 0 || passed >= limit.microsFor(missing, part)) {
      return new Quotient(limit.most(), 0);
    }
    Quotient came = Quotient.of(limit.inflow(), passed, part, limit.period());
    return new Quotient(units + came.whole(), came.rest());
  }

  /** For more than the burst, when it is full. */
  @Override
  public long microsUntil(ExactLimit limit, long wanted, long from) {
    Quotient held = heldAt(limit, from);
    long missing = Math.min(wanted, limit.most()) - held.whole();
    return missing <= 0 ? 0 : limit.microsFor(missing, held.rest());
  }

  @Override
  public long available(ExactLimit limit) {
    return units;
  }

  @Override
  public void take(ExactLimit limit, long count, long stamp, long at) {
    crests.note(stamp, ceiling());
    units -= count;
  }

  @Override
  public void giveBack(ExactLimit limit, long count, long stamp) {
    long highest = Math.min(limit.most(), crests.since(stamp, ceiling()));
    long given = Math.min(count, limit.most() - highest);
    if (given > 0) {
      crests.raise(stamp, given);
      units += given;
    }
  }

  private long ceiling() {
    return rest == 0 ? units : units + 1;
  }

  @Override
  public void shift(long back) {
    at -= back;
  }
}
