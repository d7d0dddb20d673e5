package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Deadline;
import ai.powertools.retry.Jitter.Computed;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Laws of jitters: bounds, and that what lies between them is equally likely. */
class JitterProperties {
  private static final int CASES = 20_000;
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void everyWaitLiesWithinTheBoundsThatTheJitterNames() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Jitter jitter = RandomWaits.jitter(random);
          Computed wait = computed(random);
          assertThat(jitter.apply(wait, random))
              .as("%s of %s", jitter, wait)
              .isGreaterThanOrEqualTo(Duration.ZERO)
              .isBetween(jitter.least(wait), jitter.most(wait));
        });
  }

  @Test
  void theBoundsAreWhatIsWritten() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Computed wait = exact(random);
          Duration delay = wait.delay();
          assertBounds(Jitter.none(), wait, delay, delay);
          assertBounds(Jitter.full(), wait, Duration.ZERO, delay);
          assertBounds(Jitter.equal(), wait, delay.dividedBy(2), delay);
          assertBounds(Jitter.factor(0), wait, delay, delay);
          assertBounds(Jitter.factor(1), wait, Duration.ZERO, delay.multipliedBy(2));
        });
  }

  @Test
  void longerWaitsHaveNoLowerBounds() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Jitter jitter = RandomWaits.jitter(random);
          Computed one = exact(random);
          Duration more = one.delay().plus(RandomWaits.shortDuration(random));
          Computed next = new Computed(more, one.first(), one.previous());
          assertThat(jitter.least(next)).isGreaterThanOrEqualTo(jitter.least(one));
          assertThat(jitter.most(next)).isGreaterThanOrEqualTo(jitter.most(one));
        });
  }

  @Test
  void jitterCopesWithTheShortestAndTheLongestWaits() throws Exception {
    Law.holds(
        1000,
        random -> {
          Jitter jitter = RandomWaits.jitter(random);
          for (Duration wait : new Duration[] {Duration.ZERO, Duration.ofNanos(1), LONGEST}) {
            Computed computed = new Computed(wait, wait, wait);
            assertThat(jitter.apply(computed, random))
                .as("%s of %s", jitter, wait)
                .isBetween(jitter.least(computed), jitter.most(computed));
          }
        });
  }

  @Test
  void aJitterOfTheUsersOwnOnlyShortensUnlessItSaysMore() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Duration wish = Duration.ofNanos(random.nextLong());
          Duration delay = RandomWaits.duration(random);
          Waits waits =
              new Waits(
                  Schedule.of(Backoff.fixed(delay)).cap(LONGEST).jitter((wait, source) -> wish),
                  random);
          assertThat(waits.next(1, delay, Verdict.transientError(), Deadline.never()))
              .isEqualTo(Nanos.clamp(wish, Duration.ZERO, delay));
        });
  }

  @Test
  void whatJitterDrawsIsEquallyLikely() {
    assertUniform("full jitter", Jitter.full(), Duration.ZERO, SECOND);
    assertUniform("equal jitter", Jitter.equal(), SECOND.dividedBy(2), SECOND);
    assertUniform(
        "factor jitter of 0.2",
        Jitter.factor(0.2),
        Duration.ofMillis(800),
        Duration.ofMillis(1200));
    assertUniform("factor jitter of 1", Jitter.factor(1), Duration.ZERO, SECOND.multipliedBy(2));
  }

  @Test
  void decorrelatedWaitsAreEquallyLikelyUpToThreeTimesTheOneBefore() {
    Random random = new Random(ChiSquare.FIXED_SEED);
    Duration first = Duration.ofMillis(200);
    Waits waits =
        new Waits(
            Schedule.fixed(first).cap(Duration.ofDays(365)).jitter(Jitter.decorrelated()), random);
    Chain chain = new Chain(waits, first);
    ChiSquare.assertUniform("decorrelated jitter in chains of 12", chain::next);
  }

  /** Waits of one call after the other, each relative to its bounds. */
  private static final class Chain {
    private static final int LENGTH = 12;

    private final Waits waits;
    private final Duration first;
    private Duration previous;
    private int failures;

    private Chain(Waits waits, Duration first) {
      this.waits = waits;
      this.first = first;
      this.previous = first;
    }

    private double next() {
      if (failures == LENGTH) {
        failures = 0;
        previous = first;
      }
      failures++;
      Duration wait = waits.next(failures, previous, Verdict.transientError(), Deadline.never());
      Duration width = previous.multipliedBy(3).minus(first);
      previous = wait;
      return (double) wait.minus(first).toNanos() / width.toNanos();
    }
  }

  private static void assertUniform(String what, Jitter jitter, Duration least, Duration most) {
    Random random = new Random(ChiSquare.FIXED_SEED);
    Computed wait = new Computed(SECOND, SECOND, SECOND);
    double width = most.minus(least).toNanos();
    ChiSquare.assertUniform(what, () -> jitter.apply(wait, random).minus(least).toNanos() / width);
  }

  private static void assertBounds(Jitter jitter, Computed wait, Duration least, Duration most) {
    assertThat(jitter.least(wait)).as("%s of %s", jitter, wait).isEqualTo(least);
    assertThat(jitter.most(wait)).as("%s of %s", jitter, wait).isEqualTo(most);
  }

  private static Computed computed(Random random) {
    return inOrder(
        RandomWaits.duration(random), RandomWaits.duration(random), RandomWaits.duration(random));
  }

  /** Waits so short that a share of them is no matter of rounding. */
  private static Computed exact(Random random) {
    return inOrder(
        RandomWaits.shortDuration(random),
        RandomWaits.shortDuration(random),
        RandomWaits.shortDuration(random));
  }

  /** As a schedule computes: the first wait is no longer than a later one. */
  private static Computed inOrder(Duration one, Duration other, Duration previous) {
    return one.compareTo(other) <= 0
        ? new Computed(other, one, previous)
        : new Computed(one, other, previous);
  }
}
