package ai.powertools.store;

import ai.powertools.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * PostgreSQL by plain JDBC. Transactions that write are serializable, so that what is true of one
 * process after the other on SQLite is true of many here; those that lose a race are run again.
 */
final class PostgresEngine implements Engine {
  /** postgresql.org/docs/current/errcodes-appendix.html, whole codes before classes. */
  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("40001", Kind.CONFLICT),
          Map.entry("40P01", Kind.CONFLICT),
          Map.entry("55P03", Kind.BUSY),
          Map.entry("25006", Kind.READ_ONLY),
          Map.entry("42501", Kind.READ_ONLY),
          Map.entry("53100", Kind.FULL),
          Map.entry("23", Kind.CONSTRAINT),
          Map.entry("08", Kind.UNAVAILABLE),
          Map.entry("53", Kind.UNAVAILABLE),
          Map.entry("57", Kind.UNAVAILABLE),
          Map.entry("28", Kind.UNAVAILABLE),
          Map.entry("XX", Kind.CORRUPT));

  private final DataSource dataSource;
  private final String location;

  PostgresEngine(DataSource dataSource) {
    this.dataSource = dataSource;
    try (Connection connection = dataSource.getConnection()) {
      this.location = withoutSecrets(connection.getMetaData().getURL());
    } catch (SQLException e) {
      throw failure("connect", "PostgreSQL", e);
    }
  }

  @Override
  public Link takeWriter() throws SQLException {
    return takeReader();
  }

  @Override
  public Link takeReader() throws SQLException {
    Connection connection = dataSource.getConnection();
    // BEGIN and COMMIT are sent as they stand; the driver must not add its own.
    connection.setAutoCommit(true);
    return new Link(connection, false);
  }

  @Override
  public void giveBack(Link link, boolean healthy) {
    try {
      link.close(); // the pool looks for itself whether the connection still works
    } catch (SQLException e) {
      // It is gone either way.
    }
  }

  @Override
  public boolean readsOnWriter() {
    return false;
  }

  @Override
  public String beginWrite() {
    return "BEGIN ISOLATION LEVEL SERIALIZABLE";
  }

  @Override
  public String beginRead() {
    return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  }

  @Override
  public String translate(String ddl) {
    return ddl.replace("{{serial}}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
        .replace("{{bytes}}", "BYTEA");
  }

  @Override
  public StoreException failure(String what, SQLException e) {
    return failure(what, location, e);
  }

  @Override
  public String location() {
    return location;
  }

  /** The pool is the caller's. */
  @Override
  public void close() {}

  private static StoreException failure(String what, String location, SQLException e) {
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    Kind byClass =
        KINDS.getOrDefault(state.length() < 2 ? state : state.substring(0, 2), Kind.STATEMENT);
    Kind kind = KINDS.getOrDefault(state, byClass);
    return new StoreException(
        kind,
        "Could not %s at %s: %s (SQLState %s). %s"
            .formatted(what, location, firstLine(e), state, remedy(kind)),
        e);
  }

  private static String remedy(Kind kind) {
    return switch (kind) {
      case CONFLICT -> "Other processes were in the way again and again; try again.";
      case BUSY -> "Another transaction holds the lock; try again.";
      case UNAVAILABLE -> "Check that the server runs, lets this user in and has connections left.";
      case CONSTRAINT -> "Nothing of the transaction was kept.";
      case FULL -> "Make room on the server's disk; nothing of the transaction was kept.";
      case READ_ONLY -> "Grant this user the right to write, on a server that is not a replica.";
      case CORRUPT -> "Look at the server's log.";
      default -> "Check the statement against the tables.";
    };
  }

  /** The lines after the first may quote values. */
  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
  }

  private static String withoutSecrets(String url) {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }
}
