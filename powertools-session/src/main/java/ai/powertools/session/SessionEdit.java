package ai.powertools.session;

import java.time.Duration;
import java.util.List;

/**
 * What can be changed of a session: each call for itself, or many together within {@link
 * Session#transaction}.
 *
 * <p>Every change fails with {@link SessionLockedException} while somebody else holds the lock, and
 * with {@link StaleSessionException} when it comes from a holder whose lock was given on; nothing
 * is written then.
 */
public interface SessionEdit {
  /**
   * Keeps a value under a key, in place of the one there, for ever.
   *
   * @throws SessionException if no codec can write the value, or the session was deleted
   * @throws IllegalArgumentException if the key is none: see {@link Sessions#open}
   */
  default void set(String key, Object value) {
    set(key, value, Ttl.NEVER);
  }

  /** The same for some time. */
  void set(String key, Object value, Ttl ttl);

  /**
   * Keeps a value in place of the one that was read, for as long as that one.
   *
   * @param version of the value that was read ({@link Versioned#version}); 0 when there was none
   * @throws StaleSessionException if it was set or removed meanwhile
   */
  void replace(String key, Object value, long version);

  /** Removes a value; false when there was none. */
  boolean remove(String key);

  /**
   * Changes how long a value lives, from now on.
   *
   * @return false when there is none
   */
  boolean expire(String key, Ttl ttl);

  /** Changes how long the whole session lives, from now on. */
  void expire(Ttl ttl);

  /**
   * Adds to the end of a log.
   *
   * @return the entry's number in the log; the first is 1
   */
  default long append(String log, Object entry) {
    return appendAll(log, List.of(entry));
  }

  /**
   * Adds several entries to the end of a log, all or none, with nothing in between.
   *
   * @return the number of the last one
   * @throws IllegalArgumentException if there are none
   */
  default long appendAll(String log, List<?> entries) {
    return appendAll(log, entries, Ttl.NEVER);
  }

  /**
   * The same for some time.
   *
   * @throws IllegalArgumentException if there are none, or the time slides
   */
  long appendAll(String log, List<?> entries, Ttl ttl);

  /**
   * Removes the oldest entries of a log but for the last ones.
   *
   * @param keep how many stay
   * @return how many went
   */
  long trim(String log, int keep);

  /** Removes the entries of a log that are older than that; gives how many. */
  long trim(String log, Duration olderThan);

  /**
   * Removes the oldest entries of a log until the others have no more than so many tokens. The last
   * entry stays, however long it is.
   *
   * @return how many went
   */
  <T> long trim(String log, long tokens, Class<T> type, TokenCounter<T> counter);

  /** Removes a whole log; gives how many entries went. Its numbers go on where they were. */
  default long removeLog(String log) {
    return trim(log, 0);
  }
}
