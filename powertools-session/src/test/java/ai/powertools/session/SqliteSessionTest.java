package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSessionTest extends SessionContract {
  @TempDir Path folder;

  @Override
  Sessions create() {
    return Sessions.at(folder.resolve("state.db"));
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
}
