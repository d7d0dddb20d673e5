package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.RandomInput;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values and how they are read. */
abstract class SessionValuesContract extends SessionReportsContract {
  record Preferences(String language, int lines, Instant since, Duration patience) {}

  record Note(String text) {}

  record Notebook(Map<String, Note> notes) {}

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

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
