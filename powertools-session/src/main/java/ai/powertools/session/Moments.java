package ai.powertools.session;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Moments as they are kept: with microseconds. */
final class Moments {
  /** In the place of a moment that never comes. */
  private static final long NEVER = Long.MAX_VALUE;

  private static final Duration LONGEST = Duration.ofDays(365_250);

  private static final long PER_SECOND = 1_000_000;

  private Moments() {}

  /** The same without what is finer. */
  static Instant micros(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  static long number(Instant instant) {
    return number(instant.getEpochSecond(), instant.getNano());
  }

  static long number(Optional<Instant> instant) {
    return instant.isPresent() ? number(instant.get()) : NEVER;
  }

  static long number(Duration duration) {
    return number(duration.getSeconds(), duration.getNano());
  }

  private static long number(long seconds, int nanos) {
    long micros = nanos / 1_000;
    return seconds >= 0
        ? Math.addExact(Math.multiplyExact(seconds, PER_SECOND), micros)
        // From above, since the full seconds below the lowest number are no longer one.
        : Math.addExact(Math.multiplyExact(seconds + 1, PER_SECOND), micros - PER_SECOND);
  }

  /** Whether it can be counted from any moment of ours: a thousand years are longer than all. */
  static boolean isBearable(Duration duration) {
    return duration.abs().compareTo(LONGEST) <= 0;
  }

  static Duration duration(long micros) {
    return Duration.ofSeconds(micros / PER_SECOND, micros % PER_SECOND * 1_000);
  }

  /** The earlier one. */
  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** The later one. */
  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** Whether it is over. */
  static boolean isOver(Optional<Instant> expiresAt, Instant now) {
    return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
  }
}
