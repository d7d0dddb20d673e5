package ai.powertools.cost;

/** What one sum of a counter stands at, in pico-dollars. Changed by whoever has the turn. */
final class Balance {
  long spent;
  long reserved;

  Balance(long spent, long reserved) {
    this.spent = spent;
    this.reserved = reserved;
  }

  /** At the end of a long it stands still: above every limit, where wrapping would be below. */
  static long sum(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0 ? Long.MAX_VALUE : sum;
  }
}
