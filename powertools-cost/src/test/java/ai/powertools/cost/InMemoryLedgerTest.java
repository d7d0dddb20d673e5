package ai.powertools.cost;

import ai.powertools.store.Store;

class InMemoryLedgerTest extends LedgerContract {
  @Override
  Store create() {
    return Store.inMemory();
  }
}
