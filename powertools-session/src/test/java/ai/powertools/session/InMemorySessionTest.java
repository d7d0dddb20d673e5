package ai.powertools.session;

class InMemorySessionTest extends SessionContract {
  @Override
  Sessions create() {
    return Sessions.inMemory();
  }
}
