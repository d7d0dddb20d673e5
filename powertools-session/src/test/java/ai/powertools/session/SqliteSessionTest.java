package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.store.Migrations;
import ai.powertools.store.Store;
import ai.powertools.store.StoreException;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSessionTest extends SessionContract {
  @TempDir Path folder;

  @Override
  SessionsBuilder place(SessionsBuilder builder) {
    return builder.at(folder.resolve("state.db"));
  }

  @Test
  void isStillThereWhenTheFileIsOpenedAgain() {
    session.append("history", new Note("before"));
    sessions.close();

    sessions = create();
    assertThat(sessions.open(session.name()).log("history", Note.class))
        .containsExactly(new Note("before"));
  }

  @Test
  void listsTheOneUsedLastFirst() {
    VirtualClock clock = VirtualClock.create();
    try (Store store = Store.inMemory()) {
      Sessions shared = Sessions.on(store, clock);
      Session old = shared.open("old");
      clock.advance(Duration.ofMinutes(1));
      shared.open("new");
      assertThat(shared.list()).extracting(SessionInfo::name).containsExactly("new", "old");

      clock.advance(Duration.ofMinutes(1));
      old.set("used", true);
      shared.close();
      assertThat(Sessions.on(store).list())
          .extracting(SessionInfo::name)
          .containsExactly("old", "new");
    }
  }

  @Test
  void readsWhateverItHasWritten() {
    String long1 = "x".repeat(20_000_001); // more than a parser of foreign data takes by default
    session.set("long", long1);
    assertThat(session.get("long", String.class)).isEqualTo(long1);
    BigInteger digits = BigInteger.TEN.pow(2_000);
    session.set("digits", digits);
    assertThat(session.get("digits", BigInteger.class)).isEqualTo(digits);
  }

  @Test
  void leavesNothingOpenWhenTheTablesAreNotItsOwn() throws IOException {
    Path foreign = folder.resolve("foreign.db");
    try (Store store = Store.sqlite(foreign)) {
      store.migrate(Migrations.of("session").step(1, "CREATE TABLE session (other TEXT)"));
    }
    assertThatThrownBy(() -> Sessions.at(foreign))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Step 1 of \"session\" was edited");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(path -> path.toString().contains("foreign")))
          .as("the last connection takes the log away")
          .containsExactly(foreign);
    }
  }
}
