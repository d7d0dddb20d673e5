package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of store has to give; the subclasses bring the store. */
abstract class SessionContract {
  record Preferences(String language, int lines, Instant since, Duration patience) {}

  record Note(String text) {}

  Sessions sessions;
  Session session;

  abstract Sessions create();

  @BeforeEach
  void open() {
    sessions = create();
    session = sessions.open("project-" + System.nanoTime());
  }

  @AfterEach
  void close() {
    sessions.close();
    sessions.close();
  }

  @Test
  void givesBackWhatWasSet() {
    Preferences value =
        new Preferences("de", 80, Instant.parse("2026-11-01T10:15:30Z"), Duration.ofMinutes(3));
    session.set("preferences", value);

    assertThat(session.get("preferences", Preferences.class)).isEqualTo(value);
    assertThat(sessions.open(session.name()).get("preferences", Preferences.class))
        .isEqualTo(value);
  }

  @Test
  void replacesAValueAndListsAndRemovesKeys() {
    session.set("b", 1);
    session.set("a", List.of("x", "y"));
    session.set("b", 2);

    assertThat(session.get("b", Integer.class)).isEqualTo(2);
    assertThat(session.keys()).containsExactly("a", "b");
    assertThat(session.remove("b")).isTrue();
    assertThat(session.remove("b")).isFalse();
    assertThat(session.find("b", Integer.class)).isEmpty();
  }

  @Test
  void namesTheKeyThatIsMissing() {
    assertThatThrownBy(() -> session.get("nothing", String.class))
        .isInstanceOf(SessionException.class)
        .hasMessage(
            "There is no \"nothing\" of session \""
                + session.name()
                + "\". Set it first, or use find().");
  }

  @Test
  void readsAValueOnlyAsWhatItIsAndNeverPrintsIt() {
    session.set("note", Map.of("text", "s3cret-content"));

    assertThat(session.get("note", Note.class)).isEqualTo(new Note("s3cret-content"));
    assertThat(session.get("note", JsonNode.class).path("text").asText())
        .isEqualTo("s3cret-content");
    assertThatThrownBy(() -> session.get("note", Integer.class))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("\"note\"")
        .hasMessageContaining("java.lang.Integer")
        .hasMessageNotContaining("s3cret-content");
  }

  @Test
  void passesOverFieldsOfANewerProgram() {
    session.set("note", Map.of("text", "x", "colour", "added later"));

    assertThat(session.get("note", Note.class)).isEqualTo(new Note("x"));
  }

  @Test
  void refusesWhatIsNotAValue() {
    assertThatThrownBy(() -> session.set("thread", new Object()))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("\"thread\"");
    assertThat(session.keys()).isEmpty();
  }

  @Test
  void keepsALogInOrder() {
    assertThat(session.append("history", new Note("one"))).isEqualTo(1);
    assertThat(session.appendAll("history", List.of(new Note("two"), new Note("three"))))
        .isEqualTo(3);
    session.append("other", new Note("elsewhere"));

    assertThat(session.log("history", Note.class))
        .extracting(Note::text)
        .containsExactly("one", "two", "three");
    assertThat(session.tail("history", 2, Note.class))
        .extracting(Note::text)
        .containsExactly("two", "three");
    assertThat(session.size("history")).isEqualTo(3);
    assertThat(session.size("never")).isZero();
    assertThatThrownBy(() -> session.appendAll("history", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void updatesWithoutLosingAnybodysWrite() throws Exception {
    int threads = 4;
    int each = 25;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        done.add(
            executor.submit(
                () -> {
                  for (int j = 0; j < each; j++) {
                    session.update("count", Integer.class, now -> now.orElse(0) + 1);
                    session.append("log", j);
                  }
                }));
      }
      for (Future<?> future : done) {
        future.get();
      }
    } finally {
      executor.shutdown();
    }
    assertThat(session.get("count", Integer.class)).isEqualTo(threads * each);
    assertThat(session.size("log")).isEqualTo(threads * each);
  }

  @Test
  void anUpdateThatFailsChangesNothing() {
    session.set("count", 1);
    assertThatThrownBy(
            () ->
                session.update(
                    "count",
                    Integer.class,
                    now -> {
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(session.get("count", Integer.class)).isEqualTo(1);
  }

  @Test
  void listsFindsAndDeletesSessions() {
    session.set("a", 1);
    session.append("log", 1);

    assertThat(sessions.list()).extracting(SessionInfo::name).contains(session.name());
    assertThat(sessions.find(session.name()).map(Session::name)).contains(session.name());
    assertThat(sessions.delete(session.name())).isTrue();
    assertThat(sessions.delete(session.name())).isFalse();
    assertThat(sessions.find(session.name())).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> session.set("a", 2))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("was deleted while it was in use");
    assertThat(sessions.open(session.name()).keys()).isEmpty();
  }

  @Test
  void refusesANameThatNamesNothing() {
    assertThatThrownBy(() -> sessions.open(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sessions.open("x".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhereItLies() {
    assertThat(session.toString()).contains(session.name()).contains(sessions.location());
  }
}
