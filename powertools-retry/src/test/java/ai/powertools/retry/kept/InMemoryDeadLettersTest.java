package ai.powertools.retry.kept;

import ai.powertools.store.Store;

class InMemoryDeadLettersTest extends DeadLettersContract {
  @Override
  Store create() {
    return Store.inMemory();
  }
}
