package ai.powertools.session;

import ai.powertools.session.spi.SessionStore;
import ai.powertools.session.spi.SessionStoreContract;
import ai.powertools.testing.PostgresExtension;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresSessionStoreIT extends SessionStoreContract {
  private final DataSource database;

  PostgresSessionStoreIT(DataSource database) {
    this.database = database;
  }

  @Override
  protected SessionStore create() {
    return StoreOf.open(Sessions.builder().postgres(database));
  }
}
