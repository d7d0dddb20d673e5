package ai.powertools.session.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The head of a session, as it is kept. A store gives back what it was given and interprets only
 * {@code id}, {@code name} and {@code expiresAt}. Moments have microseconds. Immutable.
 *
 * @param id unique for ever: a session that is deleted and made anew has another
 * @param name what it is opened by; unique at any time
 * @param createdAt when it was made
 * @param touchedAt when something of it was last changed
 * @param version counts the transactions that changed it; 0 when none did
 * @param lock who may write
 * @param expiresAt from when on it is gone
 * @param slide how long it lives on when it is used; empty when its end is fixed
 * @param history how far back it can be read
 * @param contents how many entries there are, and the sum of their hashes
 * @param seal a checksum of all the others
 */
public record SessionRow(
    long id,
    String name,
    Instant createdAt,
    Instant touchedAt,
    long version,
    Lock lock,
    Optional<Instant> expiresAt,
    Optional<Duration> slide,
    History history,
    Contents contents,
    long seal) {

  /**
   * The lock of a session.
   *
   * @param fence the token that was given out last; 0 when none was
   * @param holder who holds it; empty when nobody does
   * @param until when it lapses, if it is held
   */
  public record Lock(long fence, String holder, Optional<Instant> until) {}

  /**
   * How far back a session can be read.
   *
   * @param from the first version from which on nothing was thrown away
   * @param fromAt when that version came to be
   * @param snapshot the newest version that a snapshot holds; 0 when there is none
   */
  public record History(long from, Instant fromAt, long snapshot) {}

  /**
   * What is in a session, so that something missing is noticed.
   *
   * @param entries how many
   * @param sum of their hashes, modulo 2^64
   */
  public record Contents(long entries, long sum) {}
}
