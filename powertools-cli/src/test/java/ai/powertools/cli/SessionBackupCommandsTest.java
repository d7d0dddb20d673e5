package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that are kept safe, checked, and put back. */
class SessionBackupCommandsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;
  private Path state;
  private Console console;

  @BeforeEach
  void open() {
    state = folder.resolve("home/state.db");
    SmallSessions.write(state);
    console = new Console(folder).at(SmallSessions.BEGIN.plus(Duration.ofMinutes(3)));
  }

  @Test
  void backsUpAndRestoresElsewhere() throws IOException {
    assertThat(console.run("session", "backup", "full.ptsb")).isZero();
    assertThat(console.out()).isEmpty();
    assertThat(console.err())
        .startsWith("Wrote full.ptsb: a full backup, 3 sessions, 9 entries, ")
        .contains("taken at 2026-11-01T12:03:00Z.");
    assertThat(console.run("session", "backup", "more.ptsb", "--since", "full.ptsb", "--json"))
        .isZero();
    JsonNode more = MAPPER.readTree(console.out());
    assertThat(more.get("entries").asInt()).isZero();
    assertThat(more.get("parent").asText()).isNotEmpty();

    assertThat(console.run("session", "verify", "--backup", "full.ptsb", "more.ptsb")).isZero();
    assertThat(console.out())
        .contains("full.ptsb: a full backup, ", "more.ptsb: an increment, ")
        .endsWith("2 files: all is as it was written.\n");

    assertThat(console.run("session", "restore", "full.ptsb", "more.ptsb", "--store", "new/s.db"))
        .isZero();
    assertThat(console.err()).startsWith("Restored 3 sessions with 9 entries.");
    assertThat(console.run("session", "show", "notes", "--key", "language", "--store", "new/s.db"))
        .isZero();
    assertThat(console.out()).isEqualTo("\"en\"\n");
    assertThat(console.run("session", "verify", "--store", "new/s.db")).isZero();
    assertThat(console.out()).contains("3 sessions with 9 entries looked at: all is as it was");
  }

  @Test
  void restoresWhatIsChosenAsItWas() throws IOException {
    assertThat(console.run("session", "backup", "full")).isZero();
    assertThat(console.run("session", "restore", "full")).isEqualTo(3);
    assertThat(console.err()).contains("already, and 2 more. Nothing was restored.");
    assertThat(
            console.run(
                "session",
                "restore",
                "full",
                "--at",
                "2026-11-01T12:00:30Z",
                "--as",
                "notes=old notes",
                "--json"))
        .isZero();
    assertThat(MAPPER.readTree(console.out()).get("sessions").get(0).asText())
        .isEqualTo("old notes");
    assertThat(console.run("session", "show", "old notes", "--key", "language")).isZero();
    assertThat(console.out()).isEqualTo("\"de\"\n");
    assertThat(
            console.run(
                "session",
                "restore",
                "full",
                "--only",
                "notes",
                "--replace",
                "--at",
                "2026-11-01T12:00:30Z"))
        .isZero();
    assertThat(console.run("session", "show", "notes", "--key", "language")).isZero();
    assertThat(console.out()).isEqualTo("\"de\"\n");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThat(console.run("session", "backup", "full")).isZero();
    assertThat(console.run("session", "backup", "full")).isEqualTo(3);
    assertThat(console.err()).contains("already, and a backup replaces none");
    assertThat(console.run("session", "restore", "full", "--at", "noon")).isEqualTo(3);
    assertThat(console.err()).contains("--at must be a moment as in 2026-11-01T12:00:00Z");
    assertThat(console.run("session", "restore", "full", "--as", "notes=")).isEqualTo(3);
    assertThat(console.err()).contains("--as is wrong. A session needs a name");
    assertThat(console.run("session", "restore")).isEqualTo(2);
    assertThat(console.run("session", "verify", "--set-aside", "--backup", "full")).isEqualTo(3);
    assertThat(console.err()).contains("backups are never changed");
    byte[] bytes = Files.readAllBytes(folder.resolve("full"));
    bytes[200] ^= 1;
    Files.write(folder.resolve("bad"), bytes);
    assertThat(console.run("session", "verify", "--backup", "bad")).isEqualTo(3);
    assertThat(console.out()).contains("does not fit its checksum", "1 file: 2 problems.");
    assertThat(console.run("session", "restore", "bad", "--store", "new.db")).isEqualTo(3);
    assertThat(console.err()).contains("Nothing was restored");
    assertThat(folder.resolve("new.db")).doesNotExist();
    assertThat(console.run("session", "restore", "bad")).isEqualTo(3);
    assertThat(console.err()).contains("does not fit its checksum", "Nothing was restored");
  }

  @Test
  void findsWhatIsDamagedAndTakesItOut() {
    SmallSessions.damage(state, "language");
    assertThat(console.run("session", "show", "notes")).isZero();
    assertThat(console.out()).containsPattern("language +\\? +\\(can't be read: see --key\\)");
    assertThat(console.run("session", "show", "notes", "--key", "language")).isEqualTo(3);
    assertThat(console.err()).contains("is damaged");

    assertThat(console.run("session", "verify")).isEqualTo(3);
    assertThat(console.out()).contains("session \"notes\", \"language\": ");
    assertThat(console.err()).contains("take it out with --set-aside");
    assertThat(console.run("session", "verify", "--set-aside")).isZero();
    assertThat(console.err()).startsWith("Put 1 entry aside and counted 1 session anew.");
    assertThat(console.run("session", "verify")).isZero();
    SmallSessions.damage(state, "messages");
    assertThat(console.run("session", "verify")).isEqualTo(3);
    assertThat(console.out()).contains("session \"notes\", entry 2 of \"messages\": ");
  }
}
