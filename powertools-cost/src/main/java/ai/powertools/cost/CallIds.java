package ai.powertools.cost;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids that no other process gives, and that grow with time, so that an index on them grows at its
 * end: {@code mihb3k2a-1o2xq7f0c9d4u-2z}, milliseconds, process, number, each to the base of 36.
 */
final class CallIds {
  private static final int BASE = 36;
  private static final String PROCESS =
      "-" + Long.toUnsignedString(new SecureRandom().nextLong(), BASE) + "-";
  private static final AtomicLong NUMBERS = new AtomicLong();

  private CallIds() {}

  static String next(Instant now) {
    return Long.toString(now.toEpochMilli(), BASE)
        + PROCESS
        + Long.toString(NUMBERS.incrementAndGet(), BASE);
  }
}
