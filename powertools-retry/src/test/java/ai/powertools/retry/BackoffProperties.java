package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Deadline;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Laws of waits, over random backoffs, caps and jitters. */
class BackoffProperties {
  private static final int CASES = Integer.getInteger("powertools.retry.cases", 20_000);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  /** For distributions, where one seed in a thousand would fail by chance. */
  private static final long FIXED_SEED = 20_150_304;

  private static final int LAST_ATTEMPT = 10_000;
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  @Test
  void exponentialWaitsNeverShrinkNorOverflow() {
    forAll(
        random -> {
          Backoff backoff = Backoff.exponential(duration(random), 1 + random.nextDouble() * 10);
          int attempt = 1 + random.nextInt(LAST_ATTEMPT - 1);
          Duration wait = backoff.after(attempt);
          assertThat(wait).isBetween(Duration.ZERO, LONGEST);
          assertThat(backoff.after(attempt + 1)).isGreaterThanOrEqualTo(wait);
        });
  }

  @Test
  void exponentialWaitsMultiplyByTheFactorWhileTheyAreExact() {
    Backoff backoff = Backoff.exponential(Duration.ofMillis(200), 2.0);
    for (int attempt = 1; attempt <= 20; attempt++) {
      assertThat(backoff.after(attempt)).isEqualTo(Duration.ofMillis(200L << (attempt - 1)));
    }
  }

  @Test
  void attemptTenThousandIsAVeryLongWaitOrTheCap() {
    assertThat(Backoff.exponential(Duration.ofMillis(200), 2.0).after(LAST_ATTEMPT))
        .isEqualTo(LONGEST);
    assertThat(Backoff.exponential(Duration.ofSeconds(Long.MAX_VALUE), 2.0).after(LAST_ATTEMPT))
        .isEqualTo(LONGEST);
    assertThat(Backoff.exponential(Duration.ZERO, 1e300).after(LAST_ATTEMPT)).isZero();
    assertThat(Backoff.fixed(Duration.ofSeconds(3)).after(LAST_ATTEMPT))
        .isEqualTo(Duration.ofSeconds(3));

    PlannedWait last =
        Retry.builder()
            .maxAttempts(LAST_ATTEMPT + 1)
            .build()
            .preview(LAST_ATTEMPT)
            .get(LAST_ATTEMPT - 1);
    assertThat(last)
        .isEqualTo(
            new PlannedWait(
                LAST_ATTEMPT, Duration.ofSeconds(30), Duration.ZERO, Duration.ofSeconds(30)));
  }

  @Test
  void everyWaitLiesWithinTheBoundsOfThePlanAndUnderTheCap() {
    forAll(
        random -> {
          Waits waits = waits(random);
          int attempt = 1 + random.nextInt(LAST_ATTEMPT);
          Duration previous = duration(random);
          PlannedWait plan = waits.planned(attempt, previous, previous);
          Duration wait = waits.next(attempt, previous, Verdict.transientError(), Deadline.never());
          assertThat(wait)
              .isBetween(plan.least(), plan.most())
              .isLessThanOrEqualTo(waits.schedule().cap());
        });
  }

  @Test
  void cappedPlansNeverShrink() {
    forAll(
        random -> {
          Waits waits = waits(random);
          int attempt = 1 + random.nextInt(LAST_ATTEMPT);
          Duration previous = duration(random);
          PlannedWait one = waits.planned(attempt, previous, previous);
          PlannedWait next = waits.planned(attempt + 1, one.least(), one.most());
          assertThat(next.computed()).isGreaterThanOrEqualTo(one.computed());
          assertThat(next.least()).isGreaterThanOrEqualTo(one.least());
          assertThat(next.most()).isGreaterThanOrEqualTo(one.most());
        });
  }

  @Test
  void anAskedForWaitIsNeverCutShortAndSpreadByATenthAtMost() {
    forAll(
        random -> {
          Waits waits = waits(random);
          Duration asked = duration(random);
          int attempt = 1 + random.nextInt(50);
          Duration previous = duration(random);
          Duration wait =
              waits.next(attempt, previous, Verdict.throttled(asked), Deadline.never());
          Duration most = asked.plus(asked.dividedBy(10));
          Duration ours = waits.planned(attempt, previous, previous).most();
          assertThat(wait)
              .isGreaterThanOrEqualTo(asked)
              .isLessThanOrEqualTo(most.compareTo(ours) > 0 ? most : ours);
        });
  }

  @Test
  void anAskedForWaitIsNotSpreadBeyondTheDeadline() {
    forAll(
        random -> {
          Duration asked = Duration.ofSeconds(1).plus(duration(random));
          Deadline deadline = standing(asked.plusNanos(1));
          Waits waits = new Waits(Schedule.fixed(Duration.ZERO), random);
          assertThat(waits.next(1, Duration.ZERO, Verdict.throttled(asked), deadline)).isEqualTo(asked);
        });
  }

  @Test
  void withoutJitterAnAskedForWaitIsKeptToTheNanosecond() {
    Duration asked = Duration.ofSeconds(17);
    Waits waits =
        new Waits(Schedule.fixed(Duration.ZERO).jitter(Jitter.none()), new Random());
    assertThat(waits.next(1, Duration.ZERO, Verdict.throttled(asked), Deadline.never())).isEqualTo(asked);
  }

  @Test
  void theLongestWaitThatCanBeAskedForIsNoError() {
    Waits waits = new Waits(Schedule.fixed(Duration.ZERO), new Random());
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    assertThat(waits.next(1, Duration.ZERO, Verdict.throttled(longest), Deadline.never()))
        .isGreaterThanOrEqualTo(LONGEST);
  }

  @Test
  void jitterCopesWithTheShortestAndTheLongestWaits() {
    Random random = new Random(FIXED_SEED);
    for (Jitter jitter : new Jitter[] {Jitter.none(), Jitter.full(), Jitter.equal()}) {
      assertThat(jitter.apply(computed(Duration.ZERO), random)).isZero();
      assertThat(jitter.apply(computed(Duration.ofNanos(1)), random))
          .isBetween(Duration.ZERO, Duration.ofNanos(1));
      assertThat(jitter.apply(computed(LONGEST), random)).isBetween(jitter.least(computed(LONGEST)), LONGEST);
    }
  }

  @Test
  void fullJitterIsUniformBetweenNothingAndTheWait() {
    assertUniform(Jitter.full(), Duration.ZERO, Duration.ofSeconds(1));
  }

  @Test
  void equalJitterIsUniformBetweenHalfTheWaitAndTheWait() {
    assertUniform(Jitter.equal(), Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  /** Pearson's chi-square over 100 bins: 99 degrees of freedom, 148.23 at p = 0.001. */
  private static void assertUniform(Jitter jitter, Duration least, Duration most) {
    int bins = 100;
    int draws = 100_000;
    long[] counts = new long[bins];
    Random random = new Random(FIXED_SEED);
    long width = most.minus(least).toNanos();
    for (int i = 0; i < draws; i++) {
      Duration wait = jitter.apply(computed(most), random);
      assertThat(wait).isBetween(least, most);
      long offset = wait.minus(least).toNanos();
      counts[(int) Math.min(bins - 1, offset * bins / width)]++;
    }
    double expected = (double) draws / bins;
    double chiSquare = 0;
    for (long count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    System.out.printf("%s jitter: chi-square %.2f over %d bins%n", jitter, chiSquare, bins);
    assertThat(chiSquare).isLessThan(148.23);
  }

  private static Waits waits(Random random) {
    Backoff backoff =
        random.nextInt(4) == 0
            ? Backoff.fixed(duration(random))
            : Backoff.exponential(duration(random), 1 + random.nextDouble() * 10);
    Jitter[] jitters = {Jitter.none(), Jitter.full(), Jitter.equal()};
    Schedule schedule = Schedule.of(backoff).cap(duration(random)).jitter(jitters[random.nextInt(3)]);
    return new Waits(schedule, random);
  }

  private static Jitter.Computed computed(Duration wait) {
    return new Jitter.Computed(wait, wait, wait);
  }

  /** From nothing to centuries, as many short ones as long ones. */
  private static Duration duration(Random random) {
    return Duration.ofNanos(random.nextLong() >>> (1 + random.nextInt(63)));
  }

  /** A deadline on a clock that stands. */
  private static Deadline standing(Duration span) {
    return Deadline.after(span, VirtualClock.create());
  }

  private static void forAll(Consumer<Random> law) {
    System.out.println("powertools.seed=" + SEED + ", powertools.retry.cases=" + CASES);
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      law.accept(random);
    }
  }
}
