package ai.powertools.store;

import ai.powertools.core.CancelledException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
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

  /**
   * Durable in every mode: this database may fail without those who were told what it had seen.
   *
   * <p>Under a lock not serializable, for the reason of {@link #beginMigration}: who waited must
   * see what the one before did, instead of being told that it came too late.
   */
  @Override
  public void beginWrite(Link link, WriteMode mode) throws SQLException {
    StringBuilder begin = new StringBuilder("BEGIN ISOLATION LEVEL ");
    begin.append(mode.lock().isEmpty() ? "SERIALIZABLE" : "READ COMMITTED");
    if (!mode.lock().isEmpty()) {
      begin.append("; SELECT pg_advisory_xact_lock(").append(lockNumber(mode.lock())).append(")");
    }
    link.run(begin.toString());
  }

  /**
   * The number of a lock by its name: FNV-1a of 64 bits (draft-eastlake-fnv). Two names of one
   * number would only wait for each other.
   */
  private static long lockNumber(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : ("powertools/" + name).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  @Override
  public boolean canFlushLater() {
    return false;
  }

  /** Its commits are durable by themselves. */
  @Override
  public void flush() {}

  @Override
  public Optional<Mark> mark() {
    return Optional.empty(); // asking costs a trip, as reading does
  }

  @Override
  public Optional<Mark> othersMark(Link link) {
    return Optional.empty();
  }

  @Override
  public String beginRead() {
    return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  }

  /** In one trip: the driver sends all three at once, and what it prepares is read-only. */
  @Override
  public String singleRead(String sql) {
    return beginRead() + ";\n" + sql + "\n;COMMIT";
  }

  @Override
  public boolean endFailedRead(Link link, Throwable cause) {
    return link.rolledBack(cause);
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
        .replace("{{bytes}}", "BYTEA")
        .replace("{{clustered}}", "")
        .replace("{{key}}", "BIGINT PRIMARY KEY")
        .replace("{{text}}", "TEXT COLLATE \"C\"");
  }

  @Override
  public StoreException failure(String what, SQLException e) {
    return PostgresFailures.of(what, location, e);
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public Upkeep upkeep() {
    return new PostgresUpkeep(this);
  }

  /** The pool is the caller's. */
  @Override
  public void close() {}

  private static String withoutSecrets(String url) {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }
}
