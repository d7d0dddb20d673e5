package ai.powertools.retry.kept;

import ai.powertools.store.Store;
import ai.powertools.testing.PostgresExtension;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresDeadLettersIT extends DeadLettersContract {
  private final DataSource database;

  PostgresDeadLettersIT(DataSource database) {
    this.database = database;
  }

  @Override
  Store create() {
    return Store.postgres(database);
  }
}
