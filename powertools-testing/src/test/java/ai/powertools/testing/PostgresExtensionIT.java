package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresExtensionIT {
  private static DataSource ofTheClass;

  @BeforeAll
  static void make(DataSource database) throws SQLException {
    ofTheClass = database;
    PostgresServerIT.run(database, "CREATE TABLE notes (text TEXT)");
  }

  @Test
  void givesTheTestsOfAClassItsDatabaseWhenTheClassAskedForOne(DataSource database)
      throws SQLException {
    assertThat(database).isSameAs(ofTheClass);
    assertThat(PostgresServerIT.query(database, "SELECT count(*) FROM notes")).isEqualTo("0");
  }
}
