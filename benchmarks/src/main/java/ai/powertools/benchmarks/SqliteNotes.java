package ai.powertools.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A prepared statement of SQLite, and Jackson; a connection that reads and one that writes. */
final class SqliteNotes implements Notes {
  private final Connection reading;
  private final Connection writing;
  private final PreparedStatement select;
  private final PreparedStatement upsert;

  private SqliteNotes(Connection reading, Connection writing) throws SQLException {
    this.reading = reading;
    this.writing = writing;
    try (Statement statement = writing.createStatement()) {
      statement.execute("CREATE TABLE note (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL)");
    }
    this.select = reading.prepareStatement("SELECT value FROM note WHERE name = ?");
    this.upsert =
        writing.prepareStatement(
            "INSERT INTO note (name, value) VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  }

  /** In a new file. */
  static SqliteNotes at(Path file) {
    DataSource source = PlainSqlite.at(file);
    try {
      Connection writing = source.getConnection();
      return new SqliteNotes(source.getConnection(), writing);
    } catch (SQLException e) {
      throw new IllegalStateException("Could not open " + file + ".", e);
    }
  }

  @Override
  public Note get(int number) {
    try {
      select.setString(1, "note-" + number);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw new IllegalStateException("There is no note " + number + ".");
        }
        return Json.read(rows.getBytes(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Could not read note " + number + ".", e);
    }
  }

  @Override
  public void put(int number, Note note) {
    try {
      upsert.setString(1, "note-" + number);
      upsert.setBytes(2, Json.write(note));
      upsert.executeUpdate(); // and commits
    } catch (SQLException e) {
      throw new IllegalStateException("Could not write note " + number + ".", e);
    }
  }

  @Override
  public void close() {
    try {
      reading.close();
      writing.close();
    } catch (SQLException e) {
      throw new IllegalStateException("Could not close the notes.", e);
    }
  }
}
