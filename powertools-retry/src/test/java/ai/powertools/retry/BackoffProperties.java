package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Laws of backoffs, before cap and jitter. */
class BackoffProperties {
  private static final int CASES = 20_000;
  private static final int LAST_ATTEMPT = 10_000;
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
  private static final int LAST_FIBONACCI = 92; // the next does not fit a long

  @Test
  void waitsNeverShrinkNorOverflow() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Backoff backoff = RandomWaits.growing(random);
          int attempt = attempt(random);
          Duration wait = backoff.after(attempt);
          assertThat(wait).as("%s after %d", backoff, attempt).isBetween(Duration.ZERO, LONGEST);
          assertThat(backoff.after(attempt + 1))
              .as("%s after %d", backoff, attempt + 1)
              .isGreaterThanOrEqualTo(wait)
              .isLessThanOrEqualTo(LONGEST);
        });
  }

  @Test
  void noBackoffOverflowsAtAttemptTenThousand() {
    Duration first = Duration.ofMillis(200);
    assertThat(Backoff.exponential(first, 2.0).after(LAST_ATTEMPT)).isEqualTo(LONGEST);
    assertThat(Backoff.polynomial(first, 9.0).after(LAST_ATTEMPT)).isEqualTo(LONGEST);
    assertThat(Backoff.fibonacci(first).after(LAST_ATTEMPT)).isEqualTo(LONGEST);
    assertThat(Backoff.linear(first, Duration.ofDays(36_500)).after(LAST_ATTEMPT))
        .isEqualTo(LONGEST);
    assertThat(Backoff.linear(first, first).after(LAST_ATTEMPT))
        .isEqualTo(first.multipliedBy(LAST_ATTEMPT));
    assertThat(Backoff.fixed(first).after(LAST_ATTEMPT)).isEqualTo(first);
    assertThat(Backoff.of(Duration.ZERO, first).after(LAST_ATTEMPT)).isEqualTo(first);
  }

  @Test
  void theLongestDurationThereIsDoesNotOverflow() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    Stream.of(
            Backoff.exponential(longest, 2.0),
            Backoff.polynomial(longest, 2.0),
            Backoff.fibonacci(longest),
            Backoff.linear(longest, longest),
            Backoff.linear(Duration.ZERO, longest))
        .forEach(
            backoff -> {
              assertThat(backoff.after(LAST_ATTEMPT)).as("%s", backoff).isEqualTo(LONGEST);
              assertThat(backoff.after(Integer.MAX_VALUE)).as("%s", backoff).isEqualTo(LONGEST);
            });
  }

  @Test
  void nothingTimesWhateverIsNothing() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Backoff backoff = RandomWaits.growing(random, Duration.ZERO, Duration.ZERO);
          assertThat(backoff.after(attempt(random))).as("%s", backoff).isZero();
        });
    assertThat(Backoff.exponential(Duration.ZERO, 1e300).after(LAST_ATTEMPT)).isZero();
    assertThat(Backoff.polynomial(Duration.ZERO, 1e300).after(LAST_ATTEMPT)).isZero();
  }

  @Test
  void linearWaitsAreExactUntilTheyGrowNoMore() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Duration first = RandomWaits.duration(random);
          Duration step = RandomWaits.duration(random);
          int attempt = attempt(random);
          BigInteger exact =
              nanos(first).add(nanos(step).multiply(BigInteger.valueOf(attempt - 1L)));
          assertThat(Backoff.linear(first, step).after(attempt)).isEqualTo(saturated(exact));
        });
  }

  @Test
  void fibonacciWaitsAreTheSumOfTheTwoBefore() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Duration unit = RandomWaits.duration(random);
          int attempt = 1 + random.nextInt(LAST_FIBONACCI);
          BigInteger exact = nanos(unit).multiply(fibonacci(attempt));
          assertThat(Backoff.fibonacci(unit).after(attempt)).isEqualTo(saturated(exact));
        });
  }

  @Test
  void exponentialWaitsMultiplyByTheFactor() throws Exception {
    Backoff doubling = Backoff.exponential(Duration.ofMillis(200), 2.0);
    for (int attempt = 1; attempt <= 20; attempt++) {
      assertThat(doubling.after(attempt)).isEqualTo(Duration.ofMillis(200L << (attempt - 1)));
    }
    Law.holds(
        CASES,
        random -> {
          double factor = 1 + random.nextDouble() * 3;
          Backoff backoff =
              Backoff.exponential(Duration.ofMillis(1 + random.nextInt(1000)), factor);
          int attempt = 1 + random.nextInt(15);
          double before = backoff.after(attempt).toNanos();
          assertThat(backoff.after(attempt + 1).toNanos() / before).isCloseTo(factor, within(1e-5));
        });
  }

  @Test
  void polynomialWaitsGrowByThePowerOfTheAttempt() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Duration first = Duration.ofNanos(random.nextInt(1_000_000));
          int attempt = 1 + random.nextInt(200);
          // Products below 2^53, which doubles hold exactly.
          assertThat(Backoff.polynomial(first, 0).after(attempt)).isEqualTo(first);
          assertThat(Backoff.polynomial(first, 1).after(attempt))
              .isEqualTo(first.multipliedBy(attempt));
          assertThat(Backoff.polynomial(first, 2).after(attempt))
              .isEqualTo(first.multipliedBy((long) attempt * attempt));
          assertThat(Backoff.polynomial(first, 3).after(attempt))
              .isEqualTo(first.multipliedBy((long) attempt * attempt * attempt));
        });
  }

  @Test
  void listedWaitsComeInTurnAndThenTheLastForEver() throws Exception {
    Law.holds(
        CASES,
        random -> {
          List<Duration> waits =
              Stream.generate(() -> RandomWaits.duration(random))
                  .limit(1 + random.nextInt(8))
                  .toList();
          int attempt = 1 + random.nextInt(12);
          Duration expected = waits.get(Math.min(attempt, waits.size()) - 1);
          assertThat(Backoff.of(waits.toArray(Duration[]::new)).after(attempt)).isEqualTo(expected);
        });
  }

  private static int attempt(Random random) {
    return 1 + random.nextInt(random.nextBoolean() ? 100 : LAST_ATTEMPT);
  }

  private static BigInteger nanos(Duration duration) {
    return BigInteger.valueOf(duration.toNanos());
  }

  private static Duration saturated(BigInteger nanos) {
    return Duration.ofNanos(nanos.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
  }

  private static BigInteger fibonacci(int number) {
    return number <= 2 ? BigInteger.ONE : slow(number);
  }

  private static BigInteger slow(int number) {
    BigInteger[] numbers = new BigInteger[number + 1];
    numbers[1] = BigInteger.ONE;
    numbers[2] = BigInteger.ONE;
    for (int i = 3; i <= number; i++) {
      numbers[i] = numbers[i - 1].add(numbers[i - 2]);
    }
    return numbers[number];
  }
}
