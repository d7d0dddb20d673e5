package ai.powertools.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Row} on a result set. */
final class JdbcRow implements Row {
  private final ResultSet result;
  private final Engine engine;

  JdbcRow(ResultSet result, Engine engine) {
    this.result = result;
    this.engine = engine;
  }

  @Override
  public String string(String column) {
    return required(column, findString(column));
  }

  @Override
  public long longValue(String column) {
    return required(column, findLong(column));
  }

  @Override
  public byte[] bytes(String column) {
    return required(column, findBytes(column));
  }

  @Override
  public Optional<String> findString(String column) {
    return get(column, result::getString);
  }

  @Override
  public Optional<Long> findLong(String column) {
    return get(
        column,
        name -> {
          long value = result.getLong(name);
          return result.wasNull() ? null : value;
        });
  }

  @Override
  public Optional<byte[]> findBytes(String column) {
    return get(column, result::getBytes);
  }

  private interface Getter<T> {
    @Nullable T get(String column) throws SQLException;
  }

  private <T> Optional<T> get(String column, Getter<T> getter) {
    try {
      return Optional.ofNullable(getter.get(column));
    } catch (SQLException e) {
      throw engine.failure("read column \"" + column + "\"", e);
    }
  }

  private <T> T required(String column, Optional<T> value) {
    return value.orElseThrow(
        () ->
            new StoreException(
                StoreException.Kind.STATEMENT,
                "Column \"" + column + "\" is NULL; where it may be, use the accessor that finds.",
                null));
  }
}
