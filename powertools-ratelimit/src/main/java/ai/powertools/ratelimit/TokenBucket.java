package ai.powertools.ratelimit;

/**
 * A bucket that holds {@code burst} and into which {@code amount} come per {@code window}, evenly.
 *
 * @implNote Counted in parts of a unit that make the inflow of one tick of the clock a whole
 *     number: nothing is rounded, however often it is asked, and no call divides. A tick is a
 *     nanosecond unless amount and window are so large and so odd that the parts of a full bucket
 *     would not fit a long; then it is as many as it takes, rounded so that less comes in, by a
 *     hundred millionth at most for amounts below 10<sup>9</sup>. It may then be ahead by what
 *     comes in a tick, for as long as it is not full. Debts of more than eight windows' worth may
 *     be forgotten in part.
 */
final class TokenBucket extends Level {
  /** What a full bucket and a whole window may come to, in parts. */
  private static final long MOST_PARTS = 1L << 58;

  private static final long DEEPEST = -(1L << 61);

  private final long burst;
  private final long tick;
  private final long inflow; // parts per tick
  private final long scale; // parts per unit
  private final long full; // parts
  private final long mostClaimed; // units, so that their parts fit a long
  private final long longest; // ticks after which every debt is paid
  private final Peaks peaks = new Peaks();
  private long parts;
  private long at;

  TokenBucket(Limit limit, long now) {
    super(limit);
    burst = limit.burst();
    long window = limit.window().toNanos();
    long common = gcd(limit.amount(), window);
    long most = Math.max(limit.amount(), limit.burst());
    if (window / common <= MOST_PARTS / most) {
      tick = 1;
      inflow = limit.amount() / common;
      scale = window / common;
    } else {
      long ticks = Math.max(1, MOST_PARTS / most);
      tick = (window + ticks - 1) / ticks;
      inflow = limit.amount();
      scale = (window + tick - 1) / tick;
    }
    full = limit.burst() * scale;
    mostClaimed = MOST_PARTS * 4 / scale;
    longest = (full - DEEPEST) / inflow;
    parts = full;
    at = now;
  }

  private TokenBucket(TokenBucket other) {
    super(other.limit());
    burst = other.burst;
    tick = other.tick;
    inflow = other.inflow;
    scale = other.scale;
    full = other.full;
    mostClaimed = other.mostClaimed;
    longest = other.longest;
    parts = other.parts;
    at = other.at;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  @Override
  void refill(long now) {
    long passed = now - at;
    if (passed <= 0) {
      return;
    }
    if (tick == 1) {
      at = now;
    } else {
      passed /= tick;
      at += passed * tick;
    }
    parts = passed >= longest ? full : Math.min(full, parts + passed * inflow);
    if (parts == full) {
      at = now; // the rest of a tick has flowed over
    }
  }

  @Override
  boolean takeIfThere(long count, long now) {
    refill(now);
    long wanted = count * scale;
    if (count > burst || parts < wanted) {
      return false;
    }
    parts -= wanted;
    return true;
  }

  @Override
  void putBack(long count) {
    parts += count * scale;
  }

  @Override
  long units() {
    return Math.floorDiv(parts, scale);
  }

  @Override
  long nanosUntil(long wanted, long claimed) {
    if (claimed > mostClaimed) {
      return wanted > limit().largest() ? NEVER : FAR;
    }
    long enough = Math.min(wanted, limit().burst()) * scale;
    if (parts - claimed * scale >= enough && wanted <= limit().largest()) {
      return 0;
    }
    return wanted > limit().largest() ? NEVER : nanosUntilParts(enough, claimed);
  }

  private long nanosUntilParts(long enough, long claimed) {
    long missing = enough + claimed * scale - parts;
    long ticks = (missing + inflow - 1) / inflow;
    return ticks >= FAR / tick ? FAR : ticks * tick;
  }

  @Override
  void take(long count) {
    parts = Math.max(DEEPEST, parts - toParts(count));
  }

  private long toParts(long count) {
    return count <= -DEEPEST / scale ? count * scale : -DEEPEST;
  }

  @Override
  void charge(long count, long number, long oldest) {
    if (count > 0) {
      peaks.note(number, parts, oldest);
      take(count);
    }
  }

  @Override
  void forget(long number) {
    peaks.forgetAll(number);
  }

  @Override
  void giveBack(long count, long number, long chargedAt) {
    long highest = Math.min(full, peaks.since(number, parts));
    long given = Math.min(toParts(count), full - highest);
    if (given > 0) {
      peaks.raise(number, given);
      parts += given;
    }
  }

  @Override
  void lower(long units) {
    if (units() > units) {
      parts = units <= DEEPEST / scale ? DEEPEST : units * scale;
    }
  }

  @Override
  Level copy() {
    return new TokenBucket(this);
  }

  @Override
  Level under(Limit changed, long number) {
    if (changed.equals(limit())) {
      return this;
    }
    Level other = Level.of(changed, at);
    other.forget(number);
    other.lower(units() + changed.burst() - limit().burst());
    return other;
  }

  @Override
  boolean isFull() {
    return parts == full;
  }
}
