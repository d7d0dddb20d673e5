package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class PostgresServerIT {
  private final PostgresServer.Database ofThisTest;

  PostgresServerIT(PostgresServer.Database ofThisTest) {
    this.ofThisTest = ofThisTest;
  }

  static String query(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  static void run(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "full_page_writes", "synchronous_commit"})
  void keepsWhatItPromised(String setting) throws SQLException {
    assertThat(query(PostgresServer.shared().database(), "SHOW " + setting)).isEqualTo("on");
  }

  @Test
  void givesEveryCallerADatabaseOfTheirOwn() throws SQLException {
    DataSource one = PostgresServer.shared().database();
    DataSource other = PostgresServer.shared().database();
    run(one, "CREATE TABLE notes (text TEXT)");

    assertThat(query(one, "SELECT count(*) FROM notes")).isEqualTo("0");
    assertThatThrownBy(() -> query(other, "SELECT count(*) FROM notes"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("notes");
  }

  @Test
  void letsASecondProcessIn() throws SQLException {
    PostgresServer.Database database = PostgresServer.shared().newDatabase();
    run(database.dataSource(), "CREATE TABLE notes (text TEXT)");

    try (JavaProcess writer = JavaProcess.start(NoteWriter.class, database.url())) {
      assertThat(writer.readLine()).isEqualTo(Optional.of("written"));
    }

    assertThat(query(database.dataSource(), "SELECT text FROM notes")).isEqualTo("from afar");
  }

  @Test
  void givesOneTestOneDatabase(DataSource dataSource, PostgresServer.Database database)
      throws SQLException {
    String asked = query(dataSource, "SELECT current_database()");

    assertThat(query(database.dataSource(), "SELECT current_database()")).isEqualTo(asked);
    assertThat(query(ofThisTest.dataSource(), "SELECT current_database()")).isEqualTo(asked);
  }

  @Test
  void dropsADatabaseUnderWhoeverIsConnected() throws SQLException {
    PostgresServer.Database database = PostgresServer.shared().newDatabase();
    try (Connection connection = database.dataSource().getConnection()) {
      PostgresServer.shared().drop(database);

      assertThat(connection.isValid(10)).isFalse();
    }
    assertThatThrownBy(() -> query(database.dataSource(), "SELECT 1"))
        .hasMessageContaining("does not exist");
  }

  @Test
  void saysWhatTheServerRefused() {
    PostgresServer.Database foreign =
        new PostgresServer.Database(ofThisTest.dataSource(), "jdbc:postgresql://h/no-name?user=x");

    assertThatThrownBy(() -> PostgresServer.shared().drop(foreign))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The PostgreSQL of the tests refused: DROP DATABASE IF EXISTS no-name WITH (FORCE)");
  }
}
