package ai.powertools.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The other process of {@link PostgresServerIT}. */
final class NoteWriter {
  private NoteWriter() {}

  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO notes VALUES ('from afar')");
    }
    System.out.println("written");
  }
}
