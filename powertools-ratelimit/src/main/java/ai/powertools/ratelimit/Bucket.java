package ai.powertools.ratelimit;

import java.math.BigInteger;

/**
 * How much of one limit is there at a moment, exactly: whole units, and a rest counted in parts of
 * 1/window, so that nothing is rounded away however often it is asked. Below zero is debt.
 *
 * <p>Not safe for use by several threads; the gate's lock guards it.
 *
 * @implNote A token bucket: {@code amount} units come in per {@code window} nanoseconds, up to
 *     {@code burst}. Products that do not fit a long are made as {@link BigInteger}; with limits as
 *     vendors have them that happens after hours without a call.
 */
final class Bucket {
  /** 73 years: what is further away than this does not come. */
  static final long FAR = Long.MAX_VALUE / 4;

  private final Limit limit;
  private final long window;
  private final Peaks peaks = new Peaks();
  private long units;
  private long rest; // in 1/window units; 0 <= rest < window, and 0 when full
  private long at;

  Bucket(Limit limit) {
    this.limit = limit;
    this.window = limit.window().toNanos();
    this.units = limit.burst();
  }

  private Bucket(Bucket other) {
    this.limit = other.limit;
    this.window = other.window;
    this.units = other.units;
    this.rest = other.rest;
    this.at = other.at;
  }

  /** The same level, to plan with. */
  Bucket copy() {
    return new Bucket(this);
  }

  Limit limit() {
    return limit;
  }

  /** Whole units that are there; negative in debt. */
  long units() {
    return units;
  }

  /** Lets in what came since the last time. */
  void refill(long now) {
    long passed = now - at;
    if (passed <= 0) {
      return;
    }
    if (passed >= nanosUntil(limit.burst())) {
      units = limit.burst();
      rest = 0;
    } else {
      comeIn(passed);
    }
    at = now;
  }

  private void comeIn(long passed) {
    long product = limit.amount() * passed;
    if (Math.multiplyHigh(limit.amount(), passed) == 0 && product >= 0 && product + rest >= 0) {
      units += (product + rest) / window;
      rest = (product + rest) % window;
    } else {
      BigInteger[] parts =
          BigInteger.valueOf(limit.amount())
              .multiply(BigInteger.valueOf(passed))
              .add(BigInteger.valueOf(rest))
              .divideAndRemainder(BigInteger.valueOf(window));
      units += parts[0].longValueExact();
      rest = parts[1].longValueExact();
    }
  }

  /**
   * How long after the last refill so much can be taken: at once when it is there, or, for more
   * than the burst, when the bucket is full.
   */
  long nanosUntil(long wanted) {
    long missing = Math.min(wanted, limit.burst()) - units;
    if (missing <= 0) {
      return 0;
    }
    long product = missing * window;
    if (Math.multiplyHigh(missing, window) == 0 && product >= 0 && product <= FAR) {
      return (product - rest + limit.amount() - 1) / limit.amount();
    }
    return BigInteger.valueOf(missing)
        .multiply(BigInteger.valueOf(window))
        .subtract(BigInteger.valueOf(rest - limit.amount() + 1))
        .divide(BigInteger.valueOf(limit.amount()))
        .min(BigInteger.valueOf(FAR))
        .longValueExact();
  }

  /** Takes, whether it is there or not. */
  void take(long count) {
    units -= count;
  }

  /**
   * Takes for good, and notes how full it was, so that what goes back later can be measured.
   *
   * @param number the number of this charge, higher than all before it
   * @param oldest the number of the oldest charge that may still have to be corrected
   */
  void charge(long count, long number, long oldest) {
    if (count > 0) {
      peaks.note(number, ceiling(), oldest);
      take(count);
    }
  }

  /**
   * Gives back what the charge of this number should not have taken: as much as would still be
   * there had it never been taken. What has come in again meanwhile, up to the brim, does not come
   * twice.
   */
  void giveBack(long count, long number) {
    long highest = Math.min(limit.burst(), peaks.since(number, ceiling()));
    long given = Math.min(count, limit.burst() - highest);
    if (given > 0) {
      peaks.raise(number, given);
      units += given;
    }
  }

  private long ceiling() {
    return rest == 0 ? units : units + 1;
  }
}
