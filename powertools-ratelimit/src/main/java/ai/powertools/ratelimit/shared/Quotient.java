package ai.powertools.ratelimit.shared;

import java.math.BigInteger;

/**
 * A division without rounding.
 *
 * @param whole how often the divisor fits, at most {@link #FAR}
 * @param rest what is left then; zero when {@code whole} had to be cut
 */
record Quotient(long whole, long rest) {
  /** What is this far away, in microseconds 142 years, does not come. */
  static final long FAR = 1L << 52;

  /** {@code (a * b + c) / divisor}, of numbers that are not negative. */
  static Quotient of(long a, long b, long c, long divisor) {
    long product = a * b;
    if (Math.multiplyHigh(a, b) == 0 && product >= 0 && product + c >= 0) {
      return cut((product + c) / divisor, (product + c) % divisor);
    }
    BigInteger[] parts =
        BigInteger.valueOf(a)
            .multiply(BigInteger.valueOf(b))
            .add(BigInteger.valueOf(c))
            .divideAndRemainder(BigInteger.valueOf(divisor));
    return cut(parts[0].min(BigInteger.valueOf(FAR + 1)).longValueExact(), parts[1].longValue());
  }

  private static Quotient cut(long whole, long rest) {
    return whole > FAR ? new Quotient(FAR, 0) : new Quotient(whole, rest);
  }
}
