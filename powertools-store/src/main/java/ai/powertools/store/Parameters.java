package ai.powertools.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How values of Java become parameters of a statement. */
final class Parameters {
  private Parameters() {}

  static void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      bind(statement, i + 1, values[i]);
    }
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.NULL);
    } else if (value instanceof String text) {
      statement.setString(index, text);
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof Integer number) {
      statement.setLong(index, number);
    } else if (value instanceof Boolean yes) {
      statement.setLong(index, yes ? 1 : 0);
    } else if (value instanceof Instant instant) {
      statement.setLong(index, Micros.of(instant));
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else {
      throw new IllegalArgumentException(
          "Parameter %d is a %s; use String, Long, Integer, Boolean, Instant, byte[] or null."
              .formatted(index, value.getClass().getName()));
    }
  }
}
