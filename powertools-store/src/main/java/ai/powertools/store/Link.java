package ai.powertools.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** A connection and the statements that were prepared on it. For one thread at a time. */
final class Link implements AutoCloseable {
  /** Enough for the statements of all our modules; beyond it the one used longest ago goes. */
  private static final int MOST_STATEMENTS = 64;

  private static final AtomicLong COUNT = new AtomicLong();

  private final long number = COUNT.incrementAndGet();
  private final Connection connection;
  private final boolean inProcess;
  private boolean flushes = true;
  private boolean usedToWrite;
  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

  Link(Connection connection, boolean inProcess) {
    this.connection = connection;
    this.inProcess = inProcess;
  }

  /** Whether its commits reach the disk before they return. */
  boolean flushes() {
    return flushes;
  }

  void setFlushes(boolean flushes) {
    this.flushes = flushes;
  }

  /** No other has the same. */
  long number() {
    return number;
  }

  /** The one number that a statement gives. */
  long number(String sql) throws SQLException {
    PreparedStatement statement = take(sql);
    boolean reusable = false;
    try (ResultSet result = statement.executeQuery()) {
      result.next();
      long value = result.getLong(1);
      reusable = true;
      return value;
    } finally {
      giveBack(sql, statement, reusable);
    }
  }

  void setUsedToWrite() {
    usedToWrite = true;
  }

  /** Whether a transaction that may write ran a statement since this was asked last. */
  boolean takeUsedToWrite() {
    boolean used = usedToWrite;
    usedToWrite = false;
    return used;
  }

  /** Runs a statement without parameters. */
  void run(String sql) throws SQLException {
    if (inProcess) {
      runPrepared(sql);
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Every transaction begins and ends: within the process, preparing that is half of its cost. */
  private void runPrepared(String sql) throws SQLException {
    PreparedStatement statement = take(sql);
    boolean reusable = false;
    try {
      statement.execute();
      reusable = true;
    } finally {
      giveBack(sql, statement, reusable);
    }
  }

  /** Runs several statements without parameters, each ended by a semicolon. */
  void script(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** A statement that nobody else is using; give it back with {@link #giveBack}. */
  PreparedStatement take(String sql) throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    return kept != null ? kept : connection.prepareStatement(sql);
  }

  /** Sets the parameters of a statement. */
  void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
    // SQLite would take NULL for what is missing; PostgreSQL refuses, and asking it costs a trip.
    if (inProcess && statement.getParameterMetaData().getParameterCount() != values.length) {
      throw new SQLException("there are not as many parameters as places for them");
    }
    Parameters.bind(statement, values);
  }

  /** The rows of a statement, or of the one among several that gives some. */
  ResultSet rows(PreparedStatement statement) throws SQLException {
    if (inProcess) {
      return statement.executeQuery();
    }
    boolean hasRows = statement.execute();
    while (!hasRows) {
      if (statement.getUpdateCount() < 0) {
        throw new SQLException("the statement gives no rows");
      }
      hasRows = statement.getMoreResults();
    }
    return statement.getResultSet();
  }

  /** All of SQLite's main database. */
  byte[] image() throws SQLException {
    return connection.unwrap(SQLiteConnection.class).serialize("main");
  }

  /** Runs a statement for each row; how many rows it changed. */
  int executeAll(PreparedStatement statement, List<@Nullable Object[]> rows) throws SQLException {
    int changed = 0;
    if (inProcess) { // there is no trip to be saved, and the driver would copy every value
      for (@Nullable Object[] row : rows) {
        bind(statement, row);
        changed += statement.executeUpdate();
      }
      return changed;
    }
    for (@Nullable Object[] row : rows) {
      bind(statement, row);
      statement.addBatch();
    }
    for (int count : statement.executeBatch()) {
      changed += count;
    }
    return changed;
  }

  /** Keeps a statement for the next time, if it may be used again; else lets it go. */
  void giveBack(String sql, PreparedStatement statement, boolean reusable) throws SQLException {
    if (!reusable) {
      closeQuietly(statement);
      return;
    }
    if (!inProcess || idle.containsKey(sql)) {
      statement.close();
      return;
    }
    statement.clearParameters(); // values must not stay in memory until the statement's next use
    idle.put(sql, statement);
    if (idle.size() > MOST_STATEMENTS) {
      var oldest = idle.entrySet().iterator();
      PreparedStatement first = oldest.next().getValue();
      oldest.remove();
      first.close();
    }
  }

  private static void closeQuietly(PreparedStatement statement) {
    try {
      statement.close();
    } catch (SQLException e) {
      // What it failed with is on its way to the caller and says more.
    }
  }

  /** Gives up the transaction that {@code cause} has ended; false when even that fails. */
  boolean rolledBack(Throwable cause) {
    try {
      run("ROLLBACK");
      return true;
    } catch (SQLException e) {
      cause.addSuppressed(e);
      return false;
    }
  }

  /**
   * Breaks the connection, so that a pool which gets it back can't hand it out half-way through.
   */
  void abort() throws SQLException {
    connection.abort(Runnable::run);
  }

  /** Closes the connection, and with it its statements. */
  @Override
  public void close() throws SQLException {
    idle.clear();
    connection.close();
  }
}
