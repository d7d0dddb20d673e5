package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Money against {@link BigDecimal}, which is slow and right. */
class UsdProperties {
  private static final int CASES = Integer.getInteger("powertools.model.operations", 20_000);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  @Test
  void addsSubtractsAndMultipliesAsBigDecimalDoes() {
    forAll(
        (random, label) -> {
          BigDecimal a = amount(random);
          BigDecimal b = amount(random);
          long n = number(random);

          same(Usd.of(a).plus(Usd.of(b)), a.add(b), label);
          same(Usd.of(a).minus(Usd.of(b)), a.subtract(b), label);
          same(Usd.of(a).times(n), a.multiply(BigDecimal.valueOf(n)), label);
          same(
              Usd.of(a).forUnits(n, 1_000_000),
              a.multiply(BigDecimal.valueOf(n)).scaleByPowerOfTen(-6),
              label);
          same(Usd.cents(n), BigDecimal.valueOf(n, 2), label);
          same(Usd.ofPico(n), BigDecimal.valueOf(n, 12), label);
        });
  }

  @Test
  void ordersAndEqualsAsBigDecimalDoes() {
    forAll(
        (random, label) -> {
          BigDecimal a = amount(random);
          BigDecimal b = random.nextInt(4) == 0 ? a.setScale(a.scale() + 3) : amount(random);
          Usd x = Usd.of(a);
          Usd y = Usd.of(b);

          assertThat(Integer.signum(x.compareTo(y))).as(label).isEqualTo(a.compareTo(b));
          assertThat(x.equals(y)).as(label).isEqualTo(a.compareTo(b) == 0);
          if (x.equals(y)) {
            assertThat(x).as(label).hasSameHashCodeAs(y);
          }
          assertThat(x.isNegative()).as(label).isEqualTo(a.signum() < 0);
          assertThat(x.isZero()).as(label).isEqualTo(a.signum() == 0);
        });
  }

  @Test
  void losesNothingOnTheWayThroughTextAndPicoDollars() {
    forAll(
        (random, label) -> {
          Usd amount = Usd.of(amount(random));

          assertThat(Usd.of(amount.toString())).as(label).isEqualTo(amount);
          assertThat(Usd.of(amount.format().replace("$", ""))).as(label).isEqualTo(amount);
          assertThat(Usd.ofPico(number(random)))
              .as(label)
              .satisfies(UsdProperties::goesThroughPico);
        });
  }

  @Test
  void sumsDoNotDependOnTheOrder() {
    forAll(
        (random, label) -> {
          Usd a = Usd.of(amount(random));
          Usd b = Usd.of(amount(random));
          Usd c = Usd.of(amount(random));

          assertThat(a.plus(b).plus(c)).as(label).isEqualTo(c.plus(b).plus(a));
          assertThat(a.plus(b).minus(b)).as(label).isEqualTo(a);
        });
  }

  private static void goesThroughPico(Usd amount) {
    assertThat(Usd.ofPico(amount.toPicoExact())).isEqualTo(amount);
  }

  private static void same(Usd actual, BigDecimal expected, String label) {
    assertThat(actual.toBigDecimal()).as(label).isEqualByComparingTo(expected);
    assertThat(actual).as(label).isEqualTo(Usd.of(expected));
  }

  /** Everyday amounts, amounts about the edges of a long, and amounts far beyond them. */
  private static BigDecimal amount(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> BigDecimal.valueOf(random.nextLong(2_000_000) - 1_000_000, random.nextInt(7));
      case 1 -> BigDecimal.valueOf(number(random), 12);
      case 2 -> new BigDecimal(new BigInteger(80, random), random.nextInt(20));
      default -> BigDecimal.valueOf(random.nextLong(), random.nextInt(31));
    };
  }

  private static long number(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Long.MAX_VALUE - random.nextInt(3);
      case 1 -> Long.MIN_VALUE + random.nextInt(3);
      case 2 -> random.nextInt(2_000_001) - 1_000_000;
      default -> random.nextLong();
    };
  }

  private static void forAll(BiConsumer<Random, String> law) {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      law.accept(new Random(seed), "-Dpowertools.seed=" + seed);
    }
  }
}
