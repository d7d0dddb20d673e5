package ai.powertools.retry.kept;

import ai.powertools.store.Store;

class InMemoryKeptErrorsTest extends KeptErrorsContract {
  @Override
  Store create() {
    return Store.inMemory();
  }
}
