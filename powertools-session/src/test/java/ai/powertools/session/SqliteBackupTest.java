package ai.powertools.session;

class SqliteBackupTest extends BackupContract {
  @Override
  Sessions create(SessionsBuilder builder) {
    return builder.at(folder.resolve("state.db")).open();
  }
}
