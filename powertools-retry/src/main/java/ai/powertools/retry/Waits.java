package ai.powertools.retry;

import ai.powertools.core.Deadline;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait: backoff, cap and jitter, and what the other side asks for. */
record Waits(Backoff backoff, Duration cap, Jitter jitter, RandomGenerator random) {
  /**
   * A wait that was asked for is spread by up to a tenth of itself, since everybody who was turned
   * away may have been told the same.
   */
  private static final int SPREAD = 10;

  PlannedWait planned(int attempt) {
    Duration computed = Nanos.clamp(backoff.after(attempt), Duration.ZERO, cap);
    Duration least = Nanos.clamp(jitter.least(computed), Duration.ZERO, cap);
    Duration most = Nanos.clamp(jitter.most(computed), least, cap);
    return new PlannedWait(attempt, computed, least, most);
  }

  /** The wait after a failed attempt: never shorter than asked for. */
  Duration next(int attempt, Verdict verdict, Deadline deadline) {
    PlannedWait planned = planned(attempt);
    Duration ours =
        Nanos.clamp(jitter.apply(planned.computed(), random), planned.least(), planned.most());
    if (!(verdict instanceof Verdict.Throttled throttled)) {
      return ours;
    }
    Duration asked = Duration.ofNanos(Nanos.of(throttled.retryAfter()));
    if (asked.compareTo(ours) <= 0) {
      return ours;
    }
    Duration spread = asked.plus(spread(asked));
    // Our own politeness must not cost the attempt.
    return deadline.allows(spread) ? spread : asked;
  }

  /** None without jitter, up to a tenth with full jitter, half of that with equal jitter. */
  private Duration spread(Duration asked) {
    Duration room = asked.dividedBy(SPREAD);
    Duration drawn = jitter.apply(room, random).minus(jitter.least(room));
    return Nanos.clamp(drawn, Duration.ZERO, room);
  }
}
