package ai.powertools.retry;

import ai.powertools.core.Deadline;
import ai.powertools.retry.Jitter.Computed;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait: backoff, cap and jitter, and what the other side asks for. */
record Waits(Schedule schedule, RandomGenerator random) {
  /**
   * A wait that was asked for is spread by up to a tenth of itself, since everybody who was turned
   * away may have been told the same.
   */
  private static final int SPREAD = 10;

  /** The wait after the first failure, whatever jitter makes of it. */
  PlannedWait first() {
    Duration first = computed(1);
    return planned(1, first, first);
  }

  /** The wait after a failure if the one before was within these two. */
  PlannedWait planned(int attempt, Duration leastBefore, Duration mostBefore) {
    Duration cap = schedule.cap();
    Duration wait = computed(attempt);
    Duration first = computed(1);
    Jitter jitter = schedule.jitter();
    Duration least =
        Nanos.clamp(jitter.least(new Computed(wait, first, leastBefore)), Duration.ZERO, cap);
    Duration most = Nanos.clamp(jitter.most(new Computed(wait, first, mostBefore)), least, cap);
    return new PlannedWait(attempt, wait, least, most);
  }

  /**
   * The wait after a failed attempt: never shorter than asked for.
   *
   * @param failures how many attempts failed under this schedule, from 1
   * @param previous the wait before this one under this schedule
   */
  Duration next(int failures, Duration previous, Verdict verdict, Deadline deadline) {
    PlannedWait planned = planned(failures, previous, previous);
    Computed computed = new Computed(planned.computed(), computed(1), previous);
    Duration ours =
        Nanos.clamp(schedule.jitter().apply(computed, random), planned.least(), planned.most());
    if (verdict.retryAfter().isEmpty()) {
      return ours;
    }
    Duration asked = finite(verdict.retryAfter().get());
    if (asked.compareTo(ours) <= 0) {
      return ours;
    }
    Duration spread = asked.plus(spread(asked));
    // Our own politeness must not cost the attempt.
    return deadline.allows(spread) ? spread : asked;
  }

  /** Whether a wait is the one that was asked for, spread as it may be. */
  static boolean isOf(Duration asked, Duration wait) {
    Duration least = finite(asked);
    Duration most = least.plus(least.dividedBy(SPREAD));
    return wait.compareTo(least) >= 0 && wait.compareTo(most) <= 0;
  }

  private static Duration finite(Duration asked) {
    return Duration.ofNanos(Nanos.of(asked));
  }

  private Duration computed(int attempt) {
    return Nanos.clamp(schedule.backoff().after(attempt), Duration.ZERO, schedule.cap());
  }

  /** None without jitter: who asks for exact waits gets them. */
  private Duration spread(Duration asked) {
    return schedule.jitter() == Jitter.none()
        ? Duration.ZERO
        : Uniform.between(Duration.ZERO, asked.dividedBy(SPREAD), random);
  }
}
