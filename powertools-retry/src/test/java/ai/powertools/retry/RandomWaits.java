package ai.powertools.retry;

import java.time.Duration;
import java.util.Random;

/** Random durations, backoffs, jitters and schedules. */
final class RandomWaits {
  private RandomWaits() {}

  /** From nothing to centuries, as many short ones as long ones. */
  static Duration duration(Random random) {
    return Duration.ofNanos(random.nextLong() >>> (1 + random.nextInt(63)));
  }

  /** From nothing to a few seconds. */
  static Duration shortDuration(Random random) {
    return Duration.ofNanos(random.nextLong() >>> (31 + random.nextInt(33)));
  }

  /** One whose waits never shrink. */
  static Backoff growing(Random random) {
    return growing(random, duration(random), duration(random));
  }

  static Backoff growing(Random random, Duration first, Duration step) {
    return switch (random.nextInt(5)) {
      case 0 -> Backoff.fixed(first);
      case 1 -> Backoff.linear(first, step);
      case 2 -> Backoff.exponential(first, 1 + random.nextDouble() * 10);
      case 3 -> Backoff.fibonacci(first);
      default -> Backoff.polynomial(first, random.nextDouble() * 4);
    };
  }

  static Jitter jitter(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Jitter.none();
      case 1 -> Jitter.full();
      case 2 -> Jitter.equal();
      case 3 -> Jitter.decorrelated();
      default -> Jitter.factor(random.nextDouble());
    };
  }

  /** Waits by a growing backoff under a cap. */
  static Waits waits(Random random) {
    Schedule schedule = Schedule.of(growing(random)).cap(duration(random)).jitter(jitter(random));
    return new Waits(schedule, random);
  }

  /** Any backoff, with waits of seconds at most. */
  static Backoff shortBackoff(Random random) {
    if (random.nextInt(4) > 0) {
      return growing(random, shortDuration(random), shortDuration(random));
    }
    Duration[] waits = new Duration[1 + random.nextInt(4)];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = shortDuration(random);
    }
    return Backoff.of(waits);
  }

  /** A schedule with waits of at most ten seconds. */
  static Schedule shortSchedule(Random random) {
    return Schedule.of(shortBackoff(random))
        .cap(Duration.ofMillis(random.nextInt(10_000)))
        .jitter(jitter(random));
  }
}
