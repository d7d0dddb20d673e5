package ai.powertools.cost;

import ai.powertools.store.Store;

class InMemoryStoreLedgerTest extends SharedLedgerContract {
  @Override
  Store create() {
    return Store.inMemory();
  }
}
