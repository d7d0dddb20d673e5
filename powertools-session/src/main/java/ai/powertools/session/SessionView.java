package ai.powertools.session;

import java.util.List;
import java.util.Optional;

/**
 * What can be read of a session: as it is now, as a transaction sees it, or as it was. What has
 * expired is never given out.
 */
public interface SessionView {
  /** What the session was opened by. */
  String name();

  /** How many transactions have changed the session. */
  long version();

  /**
   * The value under a key.
   *
   * @throws SessionException if there is none, or it was written as something else
   */
  default <T> T get(String key, Class<T> type) {
    return get(key, TypeOf.of(type));
  }

  /** The same for a type with parameters. */
  default <T> T get(String key, TypeOf<T> type) {
    return find(key, type)
        .orElseThrow(
            () ->
                new SessionException(
                    "There is no " + Names.where(name(), key) + ". Set it first, or use find().",
                    null));
  }

  /**
   * The value under a key, if there is one.
   *
   * @throws SessionException if it was written as something else
   */
  default <T> Optional<T> find(String key, Class<T> type) {
    return find(key, TypeOf.of(type));
  }

  /** The same for a type with parameters. */
  default <T> Optional<T> find(String key, TypeOf<T> type) {
    return versioned(key, type).map(Versioned::value);
  }

  /** The value under a key with its version, if there is one. */
  default <T> Optional<Versioned<T>> versioned(String key, Class<T> type) {
    return versioned(key, TypeOf.of(type));
  }

  /** The same for a type with parameters. */
  <T> Optional<Versioned<T>> versioned(String key, TypeOf<T> type);

  /** The keys of all values, in the order of {@link String#compareTo}. */
  List<String> keys();

  /** The names of all logs that have entries, in the order of {@link String#compareTo}. */
  List<String> logs();

  /** A whole log, oldest first; empty when nothing was appended. */
  default <T> List<T> log(String log, Class<T> type) {
    return tail(log, Integer.MAX_VALUE, type);
  }

  /**
   * The last {@code count} entries of a log, oldest first.
   *
   * @throws IllegalArgumentException if {@code count} is negative
   * @throws SessionException if one of them was written as something else
   */
  default <T> List<T> tail(String log, int count, Class<T> type) {
    return last(log, count, TypeOf.of(type)).stream().map(LogEntry::value).toList();
  }

  /** {@link #tail} with numbers and moments. */
  <T> List<LogEntry<T>> last(String log, int count, TypeOf<T> type);

  /**
   * Entries of a log, oldest first: the first {@code count} of those whose number is {@code from}
   * or more.
   *
   * @throws IllegalArgumentException if {@code count} is negative
   */
  default <T> List<LogEntry<T>> page(String log, long from, int count, Class<T> type) {
    return page(log, from, count, TypeOf.of(type));
  }

  /** The same for a type with parameters. */
  <T> List<LogEntry<T>> page(String log, long from, int count, TypeOf<T> type);

  /** How many entries a log has. */
  long size(String log);
}
