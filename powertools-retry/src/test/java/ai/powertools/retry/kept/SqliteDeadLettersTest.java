package ai.powertools.retry.kept;

import ai.powertools.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteDeadLettersTest extends DeadLettersContract {
  @TempDir Path folder;

  @Override
  Store create() {
    return Store.sqlite(folder.resolve("letters.db"));
  }
}
