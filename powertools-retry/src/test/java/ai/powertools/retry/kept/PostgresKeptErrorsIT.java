package ai.powertools.retry.kept;

import ai.powertools.store.Store;
import ai.powertools.testing.PostgresExtension;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresKeptErrorsIT extends KeptErrorsContract {
  private final DataSource database;

  PostgresKeptErrorsIT(DataSource database) {
    this.database = database;
  }

  @Override
  Store create() {
    return Store.postgres(database);
  }
}
