package ai.powertools.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Sql} on a connection, for as long as one transaction lasts. */
final class JdbcSql implements Sql {
  private final Link link;
  private final Engine engine;
  private boolean ended;
  private @Nullable StoreException conflict;

  JdbcSql(Link link, Engine engine) {
    this.link = link;
    this.engine = engine;
  }

  /** From now on it refuses to be used. */
  void end() {
    ended = true;
  }

  /** The error of a statement that lost to another process's transaction, if one did. */
  @Nullable StoreException conflict() {
    return conflict;
  }

  @Override
  public int execute(String sql, @Nullable Object... parameters) {
    return run(sql, parameters, PreparedStatement::executeUpdate);
  }

  @Override
  public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    return run(sql, parameters, statement -> read(statement, reader, Integer.MAX_VALUE));
  }

  @Override
  public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    return run(sql, parameters, statement -> read(statement, reader, 1)).stream().findFirst();
  }

  private interface Body<T> {
    T apply(PreparedStatement statement) throws SQLException;
  }

  private <T> T run(String sql, @Nullable Object[] parameters, Body<T> body) {
    if (ended) {
      throw new StoreException(
          StoreException.Kind.MISUSE,
          "The transaction has ended: do all of its work within the function given to the store.",
          null);
    }
    try {
      PreparedStatement statement = link.take(sql);
      try {
        bind(statement, parameters);
        return body.apply(statement);
      } finally {
        link.giveBack(sql, statement);
      }
    } catch (SQLException e) {
      StoreException failure = engine.failure("run \"" + sql + "\"", e);
      if (failure.kind() == StoreException.Kind.CONFLICT) {
        conflict = failure;
      }
      throw failure;
    }
  }

  private <T> List<T> read(PreparedStatement statement, RowReader<T> reader, int most)
      throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      JdbcRow row = new JdbcRow(result, engine);
      List<T> values = new ArrayList<>();
      while (values.size() < most && result.next()) {
        values.add(reader.read(row));
      }
      return values;
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      bind(statement, i + 1, parameters[i]);
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
