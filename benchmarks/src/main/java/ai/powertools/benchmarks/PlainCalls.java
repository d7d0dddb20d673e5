package ai.powertools.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What one would write oneself: one connection, one thread at a time, a transaction that keeps a
 * row for what is reserved and another that puts a row of what was used in its place, each flushed.
 */
final class PlainCalls implements SettledCalls {
  private static final long PICO = 1_000_000_000L;

  private final Connection connection;
  private final PreparedStatement reserve;
  private final PreparedStatement release;
  private final PreparedStatement settle;

  private PlainCalls(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("CREATE TABLE reserved (id TEXT NOT NULL PRIMARY KEY, pico BIGINT)");
      statement.execute(
          "CREATE TABLE settled (id TEXT NOT NULL PRIMARY KEY, at BIGINT, task TEXT, user TEXT,"
              + " model TEXT, input_tokens BIGINT, output_tokens BIGINT, pico BIGINT)");
    }
    connection.setAutoCommit(false);
    this.reserve = connection.prepareStatement("INSERT INTO reserved (id, pico) VALUES (?, ?)");
    this.release = connection.prepareStatement("DELETE FROM reserved WHERE id = ?");
    this.settle =
        connection.prepareStatement("INSERT INTO settled VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  }

  /** In a new file. */
  static PlainCalls at(Path file) {
    try {
      return new PlainCalls(DriverManager.getConnection("jdbc:sqlite:" + file));
    } catch (SQLException e) {
      throw new IllegalStateException("Could not open " + file + ".", e);
    }
  }

  @Override
  public Runnable reserve(long number) {
    String id = "call-" + number;
    hold(id);
    return () -> settle(id, number);
  }

  private synchronized void hold(String id) {
    try {
      reserve.setString(1, id);
      reserve.setLong(2, PICO);
      reserve.executeUpdate();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("Could not reserve for " + id + ".", e);
    }
  }

  private synchronized void settle(String id, long number) {
    try {
      release.setString(1, id);
      release.executeUpdate();
      settle.setString(1, id);
      settle.setLong(2, System.currentTimeMillis());
      settle.setString(3, "answer");
      settle.setString(4, "user-" + number % 50);
      settle.setString(5, "openai/gpt-5-mini");
      settle.setLong(6, 1_200);
      settle.setLong(7, 350);
      settle.setLong(8, PICO);
      settle.executeUpdate();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("Could not settle " + id + ".", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("Could not close the plain ledger.", e);
    }
  }
}
