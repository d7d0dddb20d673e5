package ai.powertools.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connection and the statements that were prepared on it. For one thread at a time. */
final class Link implements AutoCloseable {
  /** Enough for the statements of all our modules; beyond it the one used longest ago goes. */
  private static final int MOST_STATEMENTS = 64;

  private final Connection connection;
  private final boolean keepsStatements;
  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

  Link(Connection connection, boolean keepsStatements) {
    this.connection = connection;
    this.keepsStatements = keepsStatements;
  }

  /** Runs a statement without parameters. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A statement that nobody else is using; give it back with {@link #giveBack}. */
  PreparedStatement take(String sql) throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    return kept != null ? kept : connection.prepareStatement(sql);
  }

  void giveBack(String sql, PreparedStatement statement) throws SQLException {
    if (!keepsStatements || idle.containsKey(sql)) {
      statement.close();
      return;
    }
    statement.clearParameters();
    idle.put(sql, statement);
    if (idle.size() > MOST_STATEMENTS) {
      var oldest = idle.entrySet().iterator();
      PreparedStatement first = oldest.next().getValue();
      oldest.remove();
      first.close();
    }
  }

  /** Closes the connection, and with it its statements. */
  @Override
  public void close() throws SQLException {
    idle.clear();
    connection.close();
  }
}
