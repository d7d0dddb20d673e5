package ai.powertools.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * JDBC without anything of ours: a statement and a commit a write, by a few connections, each under
 * a lock of its own.
 */
final class PlainRows implements DurableWrites {
  private static final String UPSERT =
      "INSERT INTO plain_value (thread, name, value) VALUES (?, ?, ?)"
          + " ON CONFLICT (thread, name) DO UPDATE SET value = excluded.value";

  private final List<Line> lines = new ArrayList<>();

  /** A connection with its statements. */
  private record Line(Connection connection, PreparedStatement upsert, PreparedStatement select) {}

  /**
   * In an empty database, which gets a table.
   *
   * @param connections how many there are; a thread has its own, or shares one
   */
  PlainRows(DataSource source, int connections) {
    try {
      for (int i = 0; i < connections; i++) {
        lines.add(line(source.getConnection(), i == 0));
      }
    } catch (SQLException e) {
      close();
      throw new IllegalStateException("Could not open the plain database.", e);
    }
  }

  private static Line line(Connection connection, boolean first) throws SQLException {
    if (first) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE plain_value (thread INTEGER NOT NULL, name TEXT NOT NULL,"
                + " value TEXT NOT NULL, PRIMARY KEY (thread, name))");
      }
    }
    return new Line(
        connection,
        connection.prepareStatement(UPSERT),
        connection.prepareStatement("SELECT value FROM plain_value WHERE thread = ? AND name = ?"));
  }

  @Override
  public void write(int thread, int key, String value) {
    Line line = line(thread);
    synchronized (line) {
      try {
        line.upsert().setInt(1, thread);
        line.upsert().setString(2, "key-" + key);
        line.upsert().setString(3, value);
        line.upsert().executeUpdate(); // and commits
      } catch (SQLException e) {
        throw new IllegalStateException("Could not write by JDBC.", e);
      }
    }
  }

  @Override
  public String last(int thread, int key) {
    Line line = line(thread);
    synchronized (line) {
      try {
        line.select().setInt(1, thread);
        line.select().setString(2, "key-" + key);
        try (ResultSet rows = line.select().executeQuery()) {
          if (!rows.next()) {
            throw new IllegalStateException("There is no key " + key + " of thread " + thread);
          }
          return rows.getString(1);
        }
      } catch (SQLException e) {
        throw new IllegalStateException("Could not read by JDBC.", e);
      }
    }
  }

  private Line line(int thread) {
    return lines.get(thread % lines.size());
  }

  @Override
  public void close() {
    for (Line line : lines) {
      try {
        line.connection().close();
      } catch (SQLException e) {
        throw new IllegalStateException("Could not close a plain connection.", e);
      }
    }
  }
}
