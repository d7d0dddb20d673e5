package ai.powertools.cost;

import ai.powertools.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends SharedLedgerContract {
  @TempDir Path folder;

  @Override
  Store create() {
    return Store.sqlite(folder.resolve("ledger.db"));
  }
}
