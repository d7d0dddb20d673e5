package ai.powertools.session;

import ai.powertools.session.spi.SessionStore;
import ai.powertools.session.spi.SessionStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteSessionStoreTest extends SessionStoreContract {
  @TempDir Path folder;

  @Override
  protected SessionStore create() {
    return StoreOf.open(Sessions.builder().at(folder.resolve("state.db")));
  }
}
