package ai.powertools.store;

import ai.powertools.core.CancelledException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * PostgreSQL by plain JDBC. Transactions that write are serializable, so that what is true of one
 * process after the other on SQLite is true of many here; those that lose a race are run again.
 */
final class PostgresEngine implements Engine {
  /** The advisory lock of all migrations: "powertoo" in ASCII, a number that nobody else takes. */
  private static final long MIGRATION_LOCK = 0x706f776572746f6fL;

  private final DataSource dataSource;
  private final String location;

  PostgresEngine(DataSource dataSource) {
    this.dataSource = dataSource;
    try (Connection connection = dataSource.getConnection()) {
      this.location = withoutSecrets(connection.getMetaData().getURL());
    } catch (SQLException e) {
      throw PostgresFailures.ofConnecting("PostgreSQL", e);
    }
  }

  @Override
  public Link takeWriter() {
    return takeReader();
  }

  @Override
  public Link takeReader() {
    try {
      Connection connection = dataSource.getConnection();
      Link link = new Link(connection, false);
      try {
        // BEGIN and COMMIT are sent as they stand; the driver must not add its own.
        connection.setAutoCommit(true);
        return link;
      } catch (SQLException e) {
        giveBack(link, false);
        throw e;
      }
    } catch (SQLException e) {
      if (e.getCause() instanceof InterruptedException interrupt) {
        throw CancelledException.interrupted("waiting for a connection to " + location, interrupt);
      }
      throw PostgresFailures.ofConnecting(location, e);
    }
  }

  @Override
  public void giveBack(Link link, boolean healthy) {
    try (link) {
      if (!healthy) {
        link.abort(); // or a pool would hand it to the next one, within the old transaction
      }
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

  /** Not serializable: what is seen after the lock must be what others did before they gave it. */
  @Override
  public String beginMigration() {
    return "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock("
        + MIGRATION_LOCK
        + ")";
  }

  @Override
  public String translate(String ddl) {
    return ddl.replace("{{serial}}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
        .replace("{{bytes}}", "BYTEA");
  }

  @Override
  public StoreException failure(String what, SQLException e) {
    return PostgresFailures.of(what, location, e);
  }

  @Override
  public String location() {
    return location;
  }

  /** The pool is the caller's. */
  @Override
  public void close() {}

  private static String withoutSecrets(String url) {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }
}
