package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.store.StoreException;
import ai.powertools.testing.RandomInput;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of store has to give; the subclasses bring the store. */
abstract class SessionContract {
  record Preferences(String language, int lines, Instant since, Duration patience) {}

  record Note(String text) {}

  record Notebook(Map<String, Note> notes) {}

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
    SessionException refusal = refusal(() -> session.get("note", Integer.class));
    assertThat(refusal)
        .hasMessage(
            "Could not read \"note\" of session \""
                + session.name()
                + "\" as java.lang.Integer: it was written as something else."
                + " Ask for the type it was written as, or for JsonNode to look at it.");
    assertThat(trace(refusal)).doesNotContain("s3cret-content");
  }

  @Test
  void saysWhichPartOfAValueIsOfAnotherType() {
    session.set("preferences", Map.of("language", "de", "lines", "s3cret"));
    SessionException refusal = refusal(() -> session.get("preferences", Preferences.class));
    assertThat(refusal).hasMessageContaining("written as something else, at lines. Ask");
    assertThat(trace(refusal)).doesNotContain("s3cret");

    session.set("all", Map.of("notes", Map.of("s3cret", List.of(1))));
    refusal = refusal(() -> session.get("all", Notebook.class));
    assertThat(refusal).hasMessageContaining("written as something else, at notes.?. Ask");
    assertThat(trace(refusal)).doesNotContain("s3cret");
  }

  @Test
  void keepsAnyTextAsItIs() {
    RandomInput.check(
        RandomInput.size("powertools.session.texts", 30),
        input -> {
          String text = input.text(2_000);
          session.set("text", new Note(text));
          session.append("texts", text);
          assertThat(session.get("text", Note.class).text()).isEqualTo(text);
          assertThat(session.tail("texts", 1, String.class)).containsExactly(text);
        });
    String broken = "NUL \u0000, half an emoji \ud83d and \ude80, a whole one \ud83d\ude80";
    session.set("text", new Note(broken));
    assertThat(session.get("text", Note.class).text()).isEqualTo(broken);
  }

  @Test
  void passesOverFieldsOfANewerProgram() {
    session.set("note", Map.of("text", "x", "colour", "added later"));

    assertThat(session.get("note", Note.class)).isEqualTo(new Note("x"));
  }

  @Test
  void sortsKeysTheSameEverywhere() {
    List.of("b", "B", "ä", "a", "_", "Z").forEach(key -> session.set(key, 1));
    assertThat(session.keys()).containsExactly("B", "Z", "_", "a", "b", "ä");
  }

  @Test
  void refusesNull() {
    assertThatThrownBy(() -> session.set("a", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("\"a\" of session \"" + session.name() + "\" can't be null; use remove().");
    session.set("a", 1);
    assertThatThrownBy(() -> session.update("a", Integer.class, now -> null))
        .isInstanceOf(NullPointerException.class);
    assertThat(session.get("a", Integer.class)).isEqualTo(1);
  }

  @Test
  void refusesToBeUsedFromWithinAnUpdate() {
    assertThatThrownBy(
            () -> session.update("a", Integer.class, now -> session.get("b", Integer.class)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("called from within a transaction");
    assertThat(session.keys()).isEmpty();
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
    assertThat(session.tail("history", 0, Note.class)).isEmpty();
    assertThat(session.log("never", Note.class)).isEmpty();
    assertThat(session.size("never")).isZero();
    assertThatThrownBy(() -> session.tail("history", -1, Note.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The last -1 entries are none: ask for 0 or more.");
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

  @ParameterizedTest
  @MethodSource("noNames")
  void refusesANameThatNamesNothing(String name) {
    assertThatThrownBy(() -> sessions.open(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.set(name, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.update(name, Integer.class, now -> 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.append(name, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  static List<String> noNames() {
    return List.of("", " ", "x".repeat(201), "nul \u0000", "half \ud83d");
  }

  @Test
  void takesAnyOtherName() {
    String name = "Größe \ud83d\ude80 '; DROP TABLE session; --";
    Session odd = sessions.open(name);
    odd.set(name, 1);
    odd.append(name, 2);
    assertThat(odd.keys()).containsExactly(name);
    assertThat(odd.log(name, Integer.class)).containsExactly(2);
    assertThat(sessions.find(name)).isPresent();
  }

  @Test
  void saysWhereItLies() {
    assertThat(session.toString()).contains(session.name()).contains(sessions.location());
  }

  private static SessionException refusal(ThrowingCallable call) {
    SessionException refusal = catchThrowableOfType(SessionException.class, call);
    assertThat(refusal).as("a SessionException").isNotNull();
    return refusal;
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
