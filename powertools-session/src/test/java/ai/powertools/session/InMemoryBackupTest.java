package ai.powertools.session;

class InMemoryBackupTest extends BackupContract {
  @Override
  Sessions create(SessionsBuilder builder) {
    return builder.inMemory().open();
  }
}
