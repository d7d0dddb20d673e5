package ai.powertools.ratelimit.forecast;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Measures how fast something is used lately: sums per slot of time, in a ring, so that its size
 * does not depend on how much is recorded. Safe for use by many threads; recording costs a short
 * lock and no memory.
 */
public final class BurnMeter {
  private static final int SLOTS = 60;
  private static final int FEWEST = 3;

  private final Time time;
  private final long slotNanos;
  private final long origin;

  // Guarded by this. The slot under way is in the ring too, hence one more than is looked back on.
  private final long[] sums = new long[SLOTS + 1];
  private long current;

  private BurnMeter(Duration span, Time time) {
    this.time = time;
    this.slotNanos = Math.max(1, span.toNanos() / SLOTS);
    this.origin = time.nanos();
  }

  /**
   * A meter that looks back so far, in sixty slots of equal length.
   *
   * @param span more than zero; an hour suits a daily quota
   * @throws IllegalArgumentException if it is not
   */
  public static BurnMeter over(Duration span, Time time) {
    if (span.isNegative() || span.isZero()) {
      throw new IllegalArgumentException("A meter must look back more than zero: " + span);
    }
    return new BurnMeter(span, time);
  }

  /**
   * So much was used now.
   *
   * @param amount zero or more
   * @throws IllegalArgumentException if it is negative
   */
  public void record(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("Nobody uses " + amount + ": give zero or more.");
    }
    synchronized (this) {
      int place = place(turn());
      long sum = sums[place] + amount;
      sums[place] = sum < 0 ? Long.MAX_VALUE : sum;
    }
  }

  /** What the slots that are over tell; empty until there are three of them. */
  public synchronized Optional<Burn> burn() {
    long now = turn();
    int slots = (int) Math.min(now, SLOTS);
    if (slots < FEWEST) {
      return Optional.empty();
    }
    double sum = 0;
    for (long slot = now - slots; slot < now; slot++) {
      sum += sums[place(slot)];
    }
    double mean = sum / slots;
    double squares = 0;
    for (long slot = now - slots; slot < now; slot++) {
      double off = sums[place(slot)] - mean;
      squares += off * off;
    }
    double deviation = Math.sqrt(squares / (slots - 1));
    return Optional.of(new Burn(mean, deviation, slots, Duration.ofNanos(slotNanos)));
  }

  /** What was used within the span that it looks back on, or up to a slot more. */
  synchronized long total() {
    turn();
    long total = 0;
    for (long sum : sums) {
      total += sum;
      if (total < 0) {
        return Long.MAX_VALUE;
      }
    }
    return total;
  }

  /** Empties the slots that have begun since the last time; gives the number of the one now. */
  private long turn() {
    long now = (time.nanos() - origin) / slotNanos;
    if (now - current >= sums.length) {
      Arrays.fill(sums, 0);
    } else {
      for (long slot = current + 1; slot <= now; slot++) {
        sums[place(slot)] = 0;
      }
    }
    current = Math.max(current, now);
    return current;
  }

  private int place(long slot) {
    return (int) (slot % sums.length);
  }
}
