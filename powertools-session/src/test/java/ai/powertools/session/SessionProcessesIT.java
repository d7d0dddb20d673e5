package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two processes start together on one new database and update one value. */
class SessionProcessesIT {
  private static final int EACH = 100;

  @Test
  void loseNoUpdateOnOneSqliteFile(@TempDir Path folder) {
    Path file = folder.resolve("state.db");
    updateTogether(file.toString());
    assertNothingLost(Sessions.at(file));
  }

  @Test
  @ExtendWith(PostgresExtension.class)
  void loseNoUpdateOnOnePostgresDatabase(PostgresServer.Database database) {
    updateTogether(database.url());
    assertNothingLost(Sessions.postgres(database.dataSource()));
  }

  private static void updateTogether(String where) {
    try (JavaProcess one = JavaProcess.start(UpdatingProcess.class, where, "" + EACH);
        JavaProcess other = JavaProcess.start(UpdatingProcess.class, where, "" + EACH)) {
      List<JavaProcess> both = List.of(one, other);
      both.forEach(process -> process.awaitLine("started"));
      both.forEach(process -> process.writeLine("go"));
      both.forEach(process -> process.awaitLine("done"));
    }
  }

  private static void assertNothingLost(Sessions opened) {
    try (Sessions sessions = opened) {
      Session session = sessions.open(UpdatingProcess.SESSION);
      assertThat(session.get("count", Integer.class)).isEqualTo(2 * EACH);
      assertThat(session.log("log", Integer.class)).hasSize(2 * EACH);
      assertThat(session.size("log")).isEqualTo(2 * EACH);
    }
  }
}
