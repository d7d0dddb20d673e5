package ai.powertools.session;

import ai.powertools.session.spi.SessionRows;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Ids of sessions: the moment in milliseconds and 20 random bits behind it. They grow with time, so
 * that what is new stands together on the disk; one that is taken is not given again.
 */
final class Ids {
  private static final int RANDOM_BITS = 20;

  private Ids() {}

  /** A number that no session has. */
  static long next(SessionRows rows, Instant now) {
    return free(rows, () -> next(now));
  }

  /** The first one that no session has. */
  static long free(SessionRows rows, LongSupplier numbers) {
    long id = numbers.getAsLong();
    while (rows.sessionOf(id).isPresent()) {
      id = numbers.getAsLong();
    }
    return id;
  }

  private static long next(Instant now) {
    return (now.toEpochMilli() << RANDOM_BITS)
        | ThreadLocalRandom.current().nextLong(1L << RANDOM_BITS);
  }
}
