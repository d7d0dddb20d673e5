package ai.powertools.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements within one transaction. Valid only while the transaction runs, on its thread.
 *
 * <p>Each text is one statement. After one that failed nothing of the transaction can be kept, also
 * when its error is caught; where a row may be there already, say {@code ON CONFLICT}.
 *
 * <p>Parameters stand as {@code ?} and may be {@code String}, {@code Integer}, {@code Long}, {@code
 * Boolean} (kept as 0 or 1), {@code java.time.Instant} (kept as microseconds since the epoch in a
 * {@code BIGINT}), {@code byte[]} or null. Errors name the statement, never its parameters. Texts
 * are whole characters: half of a surrogate pair is not kept, and PostgreSQL refuses U+0000.
 */
public interface Sql {
  /**
   * Runs a statement that changes something.
   *
   * @return how many rows it changed
   */
  int execute(String sql, @Nullable Object... parameters);

  /**
   * Runs a statement once for each row of parameters: one trip to the database instead of many.
   *
   * @return how many rows it changed in all
   */
  int executeAll(String sql, List<@Nullable Object[]> rows);

  /** All rows of a query, in its order, as a list that the caller may change. */
  <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters);

  /** The first row of a query; empty when there is none. */
  <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... parameters);

  /**
   * A mark of what others have written: if it is the same in two transactions that write, nobody
   * but this store has written in between. So what the first one read or wrote need not be read
   * again, if it was kept and nothing else has written through this store. Empty where the database
   * can't tell, and in transactions that only read.
   */
  Optional<Mark> othersMark();
}
