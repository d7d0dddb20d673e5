package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.Deadline;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Laws of schedules: cap, jitter and what is asked for, and of plans against what happens. */
class ScheduleProperties {
  private static final int CASES = 20_000;
  private static final int LAST_ATTEMPT = 10_000;
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  @Test
  void everyWaitLiesWithinTheBoundsOfThePlanAndUnderTheCap() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Waits waits = RandomWaits.waits(random);
          int attempt = 1 + random.nextInt(LAST_ATTEMPT);
          Duration previous = RandomWaits.duration(random);
          PlannedWait plan = waits.planned(attempt, previous, previous);
          Duration wait = waits.next(attempt, previous, Verdict.transientError(), Deadline.never());
          assertThat(wait)
              .isBetween(plan.least(), plan.most())
              .isLessThanOrEqualTo(waits.schedule().cap());
        });
  }

  @Test
  void cappedPlansNeverShrink() throws Exception {
    Law.holds(
        2000,
        random -> {
          Retry retry =
              Retry.builder()
                  .maxAttempts(30)
                  .backoff(RandomWaits.growing(random))
                  .jitter(RandomWaits.jitter(random))
                  .cap(RandomWaits.duration(random))
                  .build();
          List<PlannedWait> plan = retry.preview(30);
          assertThat(plan).hasSize(29);
          for (int i = 1; i < plan.size(); i++) {
            PlannedWait before = plan.get(i - 1);
            assertThat(plan.get(i).computed()).isGreaterThanOrEqualTo(before.computed());
            assertThat(plan.get(i).least()).isGreaterThanOrEqualTo(before.least());
            assertThat(plan.get(i).most()).isGreaterThanOrEqualTo(before.most());
          }
        });
  }

  @Test
  void thePlanOfAttemptTenThousandIsTheCap() {
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
  void aBackoffOfTheUsersOwnIsHeldBetweenNothingAndTheCap() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Duration wish = Duration.ofSeconds(random.nextLong(), random.nextInt(1_000_000_000));
          Duration cap = RandomWaits.duration(random);
          Schedule schedule = Schedule.of(attempt -> wish).cap(cap).jitter(Jitter.none());
          assertThat(
                  new Waits(schedule, random)
                      .next(1, Duration.ZERO, Verdict.transientError(), Deadline.never()))
              .isEqualTo(Nanos.clamp(wish, Duration.ZERO, cap));
        });
  }

  @Test
  void anAskedForWaitIsNeverCutShortAndSpreadByATenthAtMost() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Waits waits = RandomWaits.waits(random);
          Duration asked = RandomWaits.duration(random);
          int attempt = 1 + random.nextInt(50);
          Duration previous = RandomWaits.duration(random);
          Duration wait = waits.next(attempt, previous, Verdict.throttled(asked), Deadline.never());
          Duration most = asked.plus(asked.dividedBy(10));
          Duration ours = waits.planned(attempt, previous, previous).most();
          assertThat(wait)
              .isGreaterThanOrEqualTo(asked)
              .isLessThanOrEqualTo(most.compareTo(ours) > 0 ? most : ours);
        });
  }

  @Test
  void theSpreadOfAnAskedForWaitIsEquallyLikely() {
    Random random = new Random(ChiSquare.FIXED_SEED);
    Duration asked = Duration.ofSeconds(20);
    Waits waits = new Waits(Schedule.fixed(Duration.ZERO), random);
    ChiSquare.assertUniform(
        "spread of an asked wait",
        () ->
            waits
                    .next(1, Duration.ZERO, Verdict.throttled(asked), Deadline.never())
                    .minus(asked)
                    .toNanos()
                / 2e9);
  }

  @Test
  void anAskedForWaitIsNotSpreadBeyondTheDeadline() throws Exception {
    Law.holds(
        CASES,
        random -> {
          Duration asked = Duration.ofSeconds(1).plus(RandomWaits.duration(random));
          Deadline deadline = Deadline.after(asked.plusNanos(1), VirtualClock.create());
          Waits waits = new Waits(Schedule.fixed(Duration.ZERO), random);
          assertThat(waits.next(1, Duration.ZERO, Verdict.throttled(asked), deadline))
              .isEqualTo(asked);
        });
  }

  @Test
  void withoutJitterAnAskedForWaitIsKeptToTheNanosecond() {
    Duration asked = Duration.ofSeconds(17);
    Waits waits = new Waits(Schedule.fixed(Duration.ZERO).jitter(Jitter.none()), new Random());
    assertThat(waits.next(1, Duration.ZERO, Verdict.throttled(asked), Deadline.never()))
        .isEqualTo(asked);
  }

  @Test
  void theLongestWaitThatCanBeAskedForIsNoError() {
    Waits waits = new Waits(Schedule.fixed(Duration.ZERO), new Random());
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    assertThat(waits.next(1, Duration.ZERO, Verdict.throttled(longest), Deadline.never()))
        .isGreaterThanOrEqualTo(LONGEST);
  }

  @Test
  void schedulesCountTheFailuresOfTheirOwnErrorsOnly() throws Exception {
    Law.holds(2000, ScheduleProperties::checkKinds);
  }

  /** Three schedules without jitter against three counters. */
  private static void checkKinds(Random random) {
    Backoff[] backoffs = new Backoff[3];
    for (int i = 0; i < backoffs.length; i++) {
      backoffs[i] = RandomWaits.shortBackoff(random);
    }
    Duration cap = Duration.ofMillis(1 + random.nextInt(5000));
    int limit = 1 + random.nextInt(4);
    List<Duration> waits = new ArrayList<>();
    Retry retry =
        Retry.builder()
            .maxAttempts(12)
            .schedule(ErrorKind.THROTTLED, exact(backoffs[0], cap))
            .schedule(ConnectException.class, exact(backoffs[1], cap).maxAttempts(limit))
            .backoff(backoffs[2])
            .cap(cap)
            .noJitter()
            .time(VirtualClock.autoAdvancing())
            .listener(event -> waits.add(event.delay()))
            .build();

    List<Duration> expected = new ArrayList<>();
    int[] counts = new int[3];
    int[] kinds = random.ints(11, 0, 3).toArray();
    for (int kind : kinds) {
      counts[kind]++;
      if (counts[1] == limit) {
        break;
      }
      expected.add(Nanos.clamp(backoffs[kind].after(counts[kind]), Duration.ZERO, cap));
    }
    Throwable end =
        catchThrowable(
            () ->
                retry.call(
                    Deadline.never(),
                    attempt -> {
                      throw error(kinds[Math.min(attempt.number(), kinds.length) - 1]);
                    }));
    assertThat(end).isInstanceOf(AttemptsExhaustedException.class);
    assertThat(waits).isEqualTo(expected);
  }

  private static Schedule exact(Backoff backoff, Duration cap) {
    return Schedule.of(backoff).cap(cap).jitter(Jitter.none());
  }

  private static Exception error(int kind) {
    return switch (kind) {
      case 0 -> new Busy(Duration.ZERO); // throttled, with a wish that is shorter than any wait
      case 1 -> new ConnectException("refused");
      default -> new IOException("reset");
    };
  }

  @Test
  void whatHappensIsWhatThePreviewSaid() throws Exception {
    Law.holds(2000, random -> checkPreview(random, false));
  }

  @Test
  void whatHappensToFuturesIsWhatThePreviewSaid() throws Exception {
    Law.holds(2000, random -> checkPreview(random, true));
  }

  private static void checkPreview(Random random, boolean async) {
    int attempts = 1 + random.nextInt(8);
    VirtualClock clock = async ? VirtualClock.create() : VirtualClock.autoAdvancing();
    List<Duration> begun = new ArrayList<>();
    List<Duration> waits = new ArrayList<>();
    Retry retry =
        Retry.builder()
            .maxAttempts(attempts)
            .backoff(RandomWaits.shortBackoff(random))
            .jitter(RandomWaits.jitter(random))
            .cap(Duration.ofMillis(random.nextInt(10_000)))
            .time(clock)
            .random(random)
            .listener(event -> waits.add(event.delay()))
            .build();
    if (async) {
      CompletableFuture<String> answer =
          retry.callAsync(
              () -> {
                begun.add(clock.elapsed());
                return CompletableFuture.failedFuture(new Busy());
              });
      Agenda.runThrough(clock);
      assertThat(answer).isCompletedExceptionally();
    } else {
      Throwable end =
          catchThrowable(
              () ->
                  retry.call(
                      () -> {
                        begun.add(clock.elapsed());
                        throw new Busy();
                      }));
      assertThat(end).isNotNull();
    }
    assertFollows(retry.preview(100), waits, begun);
    assertThat(begun).hasSize(attempts);
  }

  private static void assertFollows(
      List<PlannedWait> plan, List<Duration> waits, List<Duration> begun) {
    assertThat(waits).hasSameSizeAs(plan);
    for (int i = 0; i < plan.size(); i++) {
      assertThat(waits.get(i)).isBetween(plan.get(i).least(), plan.get(i).most());
      assertThat(begun.get(i + 1).minus(begun.get(i))).isEqualTo(waits.get(i));
    }
  }
}
