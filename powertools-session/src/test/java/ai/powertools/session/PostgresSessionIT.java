package ai.powertools.session;

import ai.powertools.testing.PostgresExtension;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresSessionIT extends SessionContract {
  private final DataSource database;

  PostgresSessionIT(DataSource database) {
    this.database = database;
  }

  @Override
  Sessions create() {
    return Sessions.postgres(database);
  }
}
