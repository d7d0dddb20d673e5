package ai.powertools.session;

import ai.powertools.session.spi.SessionStore;
import ai.powertools.session.spi.SessionStoreContract;

class MemorySessionStoreTest extends SessionStoreContract {
  @Override
  protected SessionStore create() {
    return StoreOf.open(Sessions.builder().inMemory());
  }
}
