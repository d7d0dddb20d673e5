package ai.powertools.store;

import java.time.Instant;

/** Moments as microseconds since the epoch: what PostgreSQL keeps too, and a long holds. */
final class Micros {
  private static final long PER_SECOND = 1_000_000;

  private Micros() {}

  static long of(Instant instant) {
    // Not ChronoUnit.between, which counts nanoseconds first and overflows in the year 2262.
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / 1_000);
  }

  static Instant instant(long micros) {
    long seconds = Math.floorDiv(micros, PER_SECOND);
    return Instant.ofEpochSecond(seconds, Math.floorMod(micros, PER_SECOND) * 1_000);
  }
}
