package ai.powertools.store;

import java.time.Instant;
import java.util.Optional;

/**
 * One row of a result, by the names of its columns. The plain accessors refuse NULL; where a column
 * may be NULL, use those that find.
 */
public interface Row {
  /** A text. */
  String string(String column);

  /** A whole number. */
  long longValue(String column);

  /**
   * A whole number within 32 bits.
   *
   * @throws ArithmeticException if it is not
   */
  default int intValue(String column) {
    return Math.toIntExact(longValue(column));
  }

  /** A boolean, kept as 0 or 1. */
  default boolean bool(String column) {
    return longValue(column) != 0;
  }

  /** A moment, kept as microseconds since the epoch. */
  default Instant instant(String column) {
    return Micros.instant(longValue(column));
  }

  /** Bytes. */
  byte[] bytes(String column);

  /** A text, if it is not NULL. */
  Optional<String> findString(String column);

  /** A whole number, if it is not NULL. */
  Optional<Long> findLong(String column);

  /** A moment, if it is not NULL. */
  default Optional<Instant> findInstant(String column) {
    return findLong(column).map(Micros::instant);
  }

  /** Bytes, if they are not NULL. */
  Optional<byte[]> findBytes(String column);
}
