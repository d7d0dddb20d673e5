package ai.powertools.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as microseconds since the epoch: what PostgreSQL keeps too, and a long holds. */
final class Micros {
  private static final long PER_SECOND = 1_000_000;

  private Micros() {}

  static long of(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static Instant instant(long micros) {
    long seconds = Math.floorDiv(micros, PER_SECOND);
    return Instant.ofEpochSecond(seconds, Math.floorMod(micros, PER_SECOND) * 1_000);
  }
}
