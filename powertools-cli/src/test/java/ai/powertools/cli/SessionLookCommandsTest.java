package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that are looked at. */
class SessionLookCommandsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() {
    SmallSessions.write(folder.resolve("home/state.db"));
    console = new Console(folder).at(SmallSessions.BEGIN.plus(Duration.ofMinutes(3)));
  }

  @Test
  void listsTheOneUsedLastFirst() {
    assertThat(console.run("session", "list")).isZero();
    assertThat(console.out().lines().toList())
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).matches("session +version +entries +last used +expires");
              assertThat(lines.get(1)).matches("late \\?\\[31m +1 +1 +2026-11-01T12:02:00Z +never");
              assertThat(lines.get(2)).matches("brief .* 2026-11-01T13:01:00Z");
              assertThat(lines.get(3)).matches("notes +5 +6 +2026-11-01T12:01:00Z +never");
            })
        .hasSize(4);
  }

  @Test
  void listsThemAsJson() throws IOException {
    assertThat(console.run("session", "list", "--json")).isZero();
    List<String> lines = console.out().lines().toList();
    assertThat(lines).hasSize(3);
    JsonNode notes = MAPPER.readTree(lines.get(2));
    assertThat(notes.get("name").asText()).isEqualTo("notes");
    assertThat(notes.get("version").asInt()).isEqualTo(5);
    assertThat(notes.get("expires_at").isNull()).isTrue();
    assertThat(MAPPER.readTree(lines.get(1)).get("expires_at").asText())
        .isEqualTo("2026-11-01T13:01:00Z");
  }

  @Test
  void showsWhatIsInASession() {
    assertThat(console.run("session", "show", "notes")).isZero();
    assertThat(console.out())
        .startsWith("session \"notes\" at version 5\n\nvalue ")
        .containsPattern("about +2 +\\{\"title\":\"A \\\\u0007bell, a \\\\u202eturn.*…\n")
        .containsPattern("language +5 +\"en\"\n")
        .containsPattern("log +entries\nmessages +3\n")
        .doesNotContain("\u0007")
        .doesNotContain("\u202e");
  }

  @Test
  void showsOneValueAlone() throws IOException {
    assertThat(console.run("session", "show", "notes", "--key", "language")).isZero();
    assertThat(console.out()).isEqualTo("\"en\"\n");
    assertThat(console.run("session", "show", "notes", "--key", "language", "--json")).isZero();
    assertThat(MAPPER.readTree(console.out()).get("version").asInt()).isEqualTo(5);
    assertThat(console.run("session", "show", "notes", "--key", "about")).isZero();
    assertThat(MAPPER.readTree(console.out()).get("title").asText()).contains("\u0007bell");
  }

  @Test
  void showsALog() throws IOException {
    assertThat(console.run("session", "show", "notes", "--log", "messages", "--tail", "2"))
        .isZero();
    assertThat(console.out())
        .isEqualTo("2  2026-11-01T12:00:00Z  \"two\"\n3  2026-11-01T12:00:00Z  \"three\"\n");
    assertThat(console.run("session", "show", "notes", "--log", "messages", "--json")).isZero();
    List<String> lines = console.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(MAPPER.readTree(lines.get(0)).get("seq").asInt()).isEqualTo(1);
  }

  @Test
  void showsAllAsOneObject() throws IOException {
    assertThat(console.run("session", "show", "notes", "--json")).isZero();
    JsonNode json = MAPPER.readTree(console.out());
    assertThat(json.get("values").get("language").get("value").asText()).isEqualTo("en");
    assertThat(json.get("logs").get("messages")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "2026-11-01T12:00:30Z", "monday"})
  void showsWhatWas(String at) {
    assertThat(console.run("session", "show", "notes", "--key", "language", "--at", at)).isZero();
    assertThat(console.out()).isEqualTo("\"de\"\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          show none                              | There is no session "none" in
          show none --at 1                       | There is no session "none" in
          show notes --key none                  | There is no value "none" in session "notes". Its values: about, language.
          show notes --log none                  | There is no log "none" in session "notes". Its logs: messages.
          show notes --key a --log b             | Give one of the two
          show notes --tail 3                    | --tail is how many entries of --log
          show notes --log messages --tail -1    | --tail is how many entries of --log
          show notes --at 99                     | has no version 99
          show notes --at tuesday                | has no snapshot "tuesday"
          show brief --log none                  | Its logs: none.
          export notes --format xml              | --format must be json or ndjson, not "xml"
          export none                            | There is no session "none" in
          list --store none.db                   | There are no sessions at
          """)
  void saysWhatIsWrong(String options, String problem) {
    String[] words = ("session " + options).split(" +");
    assertThat(console.run(words)).isEqualTo(3);
    assertThat(console.err()).contains(problem);
    assertThat(console.out()).isEmpty();
  }

  @Test
  void lookingMakesNoFileAndChangesNothing() throws IOException {
    assertThat(console.run("session", "list", "--home", "elsewhere")).isEqualTo(3);
    assertThat(folder.resolve("elsewhere")).doesNotExist();
    Files.writeString(folder.resolve("text.db"), "no database");
    assertThat(console.run("session", "list", "--store", "text.db")).isEqualTo(3);
    assertThat(console.err()).startsWith("The sessions can't be opened. ");
    try (Store store = Store.sqlite(folder.resolve("other.db"))) {
      store.update(sql -> sql.execute("CREATE TABLE other (x TEXT)"));
    }
    assertThat(console.run("session", "list", "--store", "other.db")).isEqualTo(3);
    assertThat(console.err()).contains("other.db is a database without sessions");
  }

  @Test
  void exportsASessionInTheFormOfItsFilesName() throws IOException {
    assertThat(console.run("session", "export", "notes")).isZero();
    assertThat(MAPPER.readTree(console.out()).get("logs").get("messages")).hasSize(3);
    assertThat(console.run("session", "export", "notes", "--out", "notes.ndjson")).isZero();
    assertThat(console.err()).startsWith("Wrote session to notes.ndjson.");
    List<String> lines = Files.readAllLines(folder.resolve("notes.ndjson"));
    assertThat(lines).hasSize(5);
    assertThat(MAPPER.readTree(lines.get(0)).get("kind").asText()).isEqualTo("value");
    JsonNode last = MAPPER.readTree(lines.get(4));
    assertThat(last.get("kind").asText()).isEqualTo("entry");
    assertThat(last.get("name").asText()).isEqualTo("messages");
    assertThat(last.get("value").asText()).isEqualTo("three");
    assertThat(console.run("session", "export", "notes", "--out", "notes.ndjson")).isEqualTo(3);
    assertThat(console.run("session", "export", "notes", "--format", "ndjson", "--at", "monday"))
        .isZero();
    assertThat(console.out()).contains("\"value\":\"de\"");
    assertThat(console.run("session", "export", "notes", "--format", "json")).isZero();
  }

  @Test
  void saysWhereThereAreNone() {
    assertThat(console.run("session", "prune", "--older-than", "1s", "--yes")).isZero();
    assertThat(console.run("session", "list")).isZero();
    assertThat(console.err()).startsWith("There are no sessions.");
    assertThat(console.run("session")).isZero();
    assertThat(console.out()).contains("backup", "restore", "verify", "prune");
  }
}
