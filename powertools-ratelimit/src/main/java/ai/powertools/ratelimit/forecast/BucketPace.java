package ai.powertools.ratelimit.forecast;

import ai.powertools.ratelimit.Limit;
import java.math.BigInteger;

/**
 * A bucket that is full at the start.
 *
 * @implNote Exact: times have a fraction of which the denominator is the limit's amount, so that
 *     the bucket is full, and a call goes, to the nanosecond when the limiter has it.
 */
final class BucketPace implements Pace {
  private final Limit limit;
  private final boolean possible;
  private final Fraction slack;
  private final Fraction price;

  /** When the bucket is full again, if nothing more is taken. */
  private long full;

  private long fullFraction;

  BucketPace(Limit limit, long cost) {
    this.limit = limit;
    this.possible = cost <= Math.max(limit.amount(), limit.burst());
    this.slack = Fraction.of(limit, Math.max(0, limit.burst() - cost));
    this.price = Fraction.of(limit, cost);
  }

  /** The time in which so many units come in. */
  private record Fraction(long nanos, long rest) {
    static Fraction of(Limit limit, long units) {
      BigInteger[] parts =
          BigInteger.valueOf(units)
              .multiply(BigInteger.valueOf(limit.window().toNanos()))
              .divideAndRemainder(BigInteger.valueOf(limit.amount()));
      long nanos = parts[0].bitLength() < Long.SIZE - 2 ? parts[0].longValue() : NEVER / 2;
      return new Fraction(nanos, parts[1].longValue());
    }
  }

  @Override
  public long earliest(long at) {
    if (!possible) {
      return NEVER;
    }
    long nanos = full - slack.nanos;
    return Math.max(at, fullFraction > slack.rest ? nanos + 1 : nanos);
  }

  @Override
  public void take(long at) {
    if (full < at) {
      full = at;
      fullFraction = 0;
    }
    fullFraction += price.rest;
    full += price.nanos;
    if (fullFraction >= limit.amount()) {
      fullFraction -= limit.amount();
      full++;
    }
  }

  @Override
  public String name() {
    return limit.toString();
  }
}
