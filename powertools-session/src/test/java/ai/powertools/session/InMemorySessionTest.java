package ai.powertools.session;

class InMemorySessionTest extends SessionContract {
  @Override
  SessionsBuilder place(SessionsBuilder builder) {
    return builder.inMemory();
  }
}
