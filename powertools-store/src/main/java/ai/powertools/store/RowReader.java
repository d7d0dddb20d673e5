package ai.powertools.store;

/**
 * Makes a value of a row.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface RowReader<T> {
  /** The value of the current row; the row must not be kept. */
  T read(Row row);
}
