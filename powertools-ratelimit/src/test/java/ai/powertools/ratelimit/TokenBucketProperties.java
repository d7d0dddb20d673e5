package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One bucket: nothing is rounded away, and nothing comes twice. */
class TokenBucketProperties {
  private static final int OPERATIONS = Integer.getInteger("powertools.model.operations", 200_000);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final String LABEL = "-Dpowertools.seed=" + SEED;

  private static Limit limit(long amount, Duration window, long burst) {
    return new Limit(Dimension.TOKENS, amount, window, burst, Counting.TOKEN_BUCKET);
  }

  @Test
  void theLastOfManyCallsGoesAtTheVeryNanosecond() {
    // 7 per minute is no whole number of nanoseconds each; a double would be off by now.
    TokenBucket bucket = new TokenBucket(limit(7, Duration.ofMinutes(1), 3), 0);
    long now = 0;
    for (int call = 0; call < OPERATIONS; call++) {
      now += bucket.nanosUntil(1, 0);
      bucket.refill(now);
      bucket.take(1);
    }
    BigInteger window = BigInteger.valueOf(60_000_000_000L);
    BigInteger afterTheBurst = BigInteger.valueOf(OPERATIONS - 3L).multiply(window);
    assertThat(BigInteger.valueOf(now))
        .isEqualTo(afterTheBurst.add(BigInteger.valueOf(6)).divide(BigInteger.valueOf(7)));
  }

  @Test
  void agreesWithExactFractionsForNumbersAsVendorsHaveThem() {
    Random random = new Random(SEED);
    for (int round = 0; round < OPERATIONS / 100; round++) {
      Limit limit = usualLimit(random);
      TokenBucket bucket = new TokenBucket(limit, 0);
      Fractions exact = new Fractions(limit);
      long now = 0;
      for (int i = 0; i < 100; i++) {
        now += 1 + span(random, Math.max(1, exact.toFull().longValue()));
        long count = 1 + span(random, limit.burst());
        bucket.refill(now);
        exact.refill(now);
        if (count <= limit.largest()) {
          assertThat(BigInteger.valueOf(bucket.nanosUntil(count, 0)))
              .as(LABEL)
              .isEqualTo(exact.nanosUntil(count));
        }
        bucket.take(count);
        exact.take(count);
        assertThat(BigInteger.valueOf(bucket.units())).as(LABEL).isEqualTo(exact.units());
      }
    }
  }

  /** Up to two thousand million, in round numbers where there are many. */
  private static Limit usualLimit(Random random) {
    long[] windows = {1, 60, 3600, 86_400};
    long window = windows[random.nextInt(windows.length)] * 1_000_000_000;
    long amount = 1 + span(random, 2000);
    if (window > 3_600_000_000_000L) {
      amount *= 1_000;
    } else if (random.nextBoolean()) {
      amount *= 1_000_000;
    }
    return limit(amount, Duration.ofNanos(window), 1 + span(random, amount));
  }

  @Test
  void isFasterThanExactFractionsByNoMoreThanATickWhateverTheNumbers() {
    Random random = new Random(SEED);
    for (int round = 0; round < OPERATIONS / 100; round++) {
      Limit limit = anyLimit(random);
      TokenBucket bucket = new TokenBucket(limit, 0);
      Fractions exact = new Fractions(limit);
      long now = 0;
      double cameIn = 0;
      for (int i = 0; i < 100; i++) {
        long passed =
            1 + span(random, Math.max(1, Math.min(Level.FAR / 200, exact.toFull().longValue())));
        now += passed;
        cameIn += (double) passed * limit.amount() / limit.window().toNanos();
        long count = 1 + span(random, limit.burst());
        bucket.refill(now);
        exact.refill(now);
        if (bucket.nanosUntil(count, 0) == 0) {
          bucket.take(count);
          exact.take(count);
        }
        BigInteger behind = exact.units().subtract(BigInteger.valueOf(bucket.units()));
        double most = Math.max(limit.amount(), limit.burst());
        double tick = 1 + limit.amount() * (most / (1L << 58)); // what comes in a tick, and a unit
        assertThat(behind.doubleValue()).as(LABEL).isGreaterThanOrEqualTo(-tick);
        if (most <= 1_000_000_000) {
          assertThat(behind.doubleValue()).as(LABEL).isLessThanOrEqualTo(8 + cameIn * 1e-8);
        }
      }
    }
  }

  private static Limit anyLimit(Random random) {
    long most = random.nextBoolean() ? 100_000 : Limit.MOST;
    long amount = 1 + span(random, most);
    Duration window = Duration.ofNanos(1 + span(random, Duration.ofDays(300).toNanos()));
    return limit(amount, window, 1 + span(random, most));
  }

  /** Below {@code most}, in all orders of magnitude. */
  private static long span(Random random, long most) {
    return Math.floorMod(random.nextLong(), most) >>> random.nextInt(50);
  }

  /** A bucket that counts in 1/window units of any size. */
  private static final class Fractions {
    private final BigInteger amount;
    private final BigInteger window;
    private final BigInteger brim;
    private BigInteger level;
    private BigInteger at = BigInteger.ZERO;

    Fractions(Limit limit) {
      amount = BigInteger.valueOf(limit.amount());
      window = BigInteger.valueOf(limit.window().toNanos());
      brim = BigInteger.valueOf(limit.burst()).multiply(window);
      level = brim;
    }

    void refill(long now) {
      BigInteger passed = BigInteger.valueOf(now).subtract(at);
      level = level.add(passed.multiply(amount)).min(brim);
      at = BigInteger.valueOf(now);
    }

    void take(long count) {
      level = level.subtract(BigInteger.valueOf(count).multiply(window));
    }

    BigInteger units() {
      return new BigDecimal(level)
          .divide(new BigDecimal(window), 0, RoundingMode.FLOOR)
          .toBigInteger();
    }

    BigInteger toFull() {
      return brim.subtract(level).divide(amount);
    }

    BigInteger nanosUntil(long count) {
      BigInteger missing = BigInteger.valueOf(count).multiply(window).min(brim).subtract(level);
      return missing.signum() <= 0
          ? BigInteger.ZERO
          : missing.add(amount).subtract(BigInteger.ONE).divide(amount);
    }
  }

  @Test
  void whatGoesBackNeverPassesTheBrimInAnyMomentSinceItWasTaken() {
    Random random = new Random(SEED);
    for (int round = 0; round < OPERATIONS / 1000; round++) {
      long burst = 1L + random.nextInt(500);
      int pace = 1 + random.nextInt(20); // slow ones let the bucket run empty for long
      int window = 10;
      TokenBucket bucket = new TokenBucket(limit(window, Duration.ofNanos(window), burst), 0);
      List<Long> peaks = new ArrayList<>();
      long now = 0;
      int oldest = 0;
      for (int i = 0; i < 300; i++) {
        now += random.nextInt(pace);
        bucket.refill(now);
        long level = bucket.units();
        if (random.nextInt(4) > 0) {
          peaks.add(level);
          bucket.charge(1L + random.nextInt(6), peaks.size(), oldest);
          continue;
        }
        int charge = random.nextInt(peaks.size() + 1);
        long count = random.nextInt(50);
        List<Long> later = peaks.subList(charge, peaks.size());
        long highest = later.stream().reduce(level, Math::max);
        bucket.giveBack(count, charge, 0);
        long given = bucket.units() - level;
        long right = Math.min(count, burst - highest);
        assertThat(given).as(LABEL).isEqualTo(charge < oldest && given == 0 ? 0 : right);
        later.replaceAll(peak -> peak + given);
        if (random.nextInt(10) == 0) {
          oldest += random.nextInt(peaks.size() + 1 - oldest);
        }
      }
    }
  }

  @Test
  void aDebtTooDeepForTheUnitsOfOtherLimitsStaysADebt() {
    TokenBucket bucket = new TokenBucket(limit(600_000, Duration.ofMinutes(1), 10_000), 0);
    bucket.take(1_000_000);
    Level slower = bucket.under(limit(7, Duration.ofDays(1), 7), 1);
    assertThat(slower.units()).isNegative();
    assertThat(slower.nanosUntil(1, 0)).isPositive();
  }
}
