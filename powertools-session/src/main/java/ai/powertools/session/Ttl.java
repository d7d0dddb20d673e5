package ai.powertools.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long something lives. Immutable.
 *
 * @param duration how long; empty for ever
 * @param sliding whether it counts from the last use, and not from when it was set
 */
public record Ttl(Optional<Duration> duration, boolean sliding) {
  /** For ever. */
  public static final Ttl NEVER = new Ttl(Optional.empty(), false);

  /** The longest there is: a hundred years. */
  private static final Duration LONGEST = Duration.ofDays(36_525);

  /**
   * Some time, or for ever.
   *
   * @throws IllegalArgumentException if it is shorter than a millisecond, longer than a hundred
   *     years, or slides for ever
   */
  public Ttl {
    if (duration.isEmpty() && sliding) {
      throw new IllegalArgumentException("What never expires can't slide.");
    }
    duration.ifPresent(
        time -> {
          if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                "A time to live is 1 ms to 36525 days, not " + time + ".");
          }
        });
  }

  /** That long from when it is set, whatever happens. */
  public static Ttl of(Duration duration) {
    return new Ttl(Optional.of(duration), false);
  }

  /**
   * That long from when it was last set or read. A read counts only if it comes after a tenth of
   * the time, so that not every read writes.
   */
  public static Ttl sliding(Duration duration) {
    return new Ttl(Optional.of(duration), true);
  }

  Optional<Instant> expiry(Instant now) {
    return duration.map(time -> Moments.micros(now.plus(time)));
  }

  Optional<Duration> slide() {
    return sliding ? duration : Optional.empty();
  }

  /** Whether a use now is to be written down. */
  static boolean isDue(Optional<Instant> expiresAt, Optional<Duration> slide, Instant now) {
    return expiresAt.isPresent()
        && slide.isPresent()
        && now.plus(slide.get().multipliedBy(9).dividedBy(10)).isAfter(expiresAt.get());
  }
}
