package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions that can go. */
class SessionPruneCommandTest {
  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() {
    SmallSessions.write(folder.resolve("home/state.db"));
    console = new Console(folder).at(SmallSessions.BEGIN.plus(Duration.ofMinutes(3)));
  }

  private long sessions() {
    assertThat(console.run("session", "list")).isZero();
    return Math.max(0, console.out().lines().count() - 1);
  }

  @Test
  void removesNothingUnlessItIsTold() {
    assertThat(console.run("session", "prune", "--older-than", "90s")).isZero();
    assertThat(console.out()).contains("notes", "brief").doesNotContain("late");
    assertThat(console.err())
        .startsWith("Would remove 2 sessions that nothing was written to, ")
        .contains("Remove it with --yes.");
    assertThat(sessions()).isEqualTo(3);
    assertThat(console.run("session", "prune", "--older-than", "PT90S", "--yes")).isZero();
    assertThat(console.err()).startsWith("Removed 2 sessions that nothing was written to");
    assertThat(sessions()).isEqualTo(1);
  }

  @Test
  void removesWhatHasExpiredAndLeavesTheHistory() {
    console.at(SmallSessions.BEGIN.plus(Duration.ofDays(1)));
    assertThat(console.run("session", "prune", "--expired")).isZero();
    assertThat(console.err()).contains("1 session and 0 entries that expired, 0 entries of the");
    assertThat(console.run("session", "prune", "--expired", "--yes")).isZero();
    assertThat(console.err()).startsWith("Removed 0 sessions");
    assertThat(console.run("session", "prune", "--expired")).isZero();
    assertThat(console.err()).contains("0 sessions and 0 entries that expired");
    assertThat(console.run("session", "show", "notes", "--at", "monday")).isZero();
  }

  @Test
  void removesHistoryThatNoSnapshotHolds() {
    assertThat(console.run("session", "show", "notes", "--at", "4")).isZero();
    assertThat(console.run("session", "prune", "--history", "12h")).isZero();
    assertThat(console.err()).contains(", 0 entries of the past.");
    assertThat(console.run("session", "prune", "--history")).isZero();
    assertThat(console.err()).contains(", 0 entries of the past.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prune                    | Say what can go: --older-than AGE, --expired or --history.
          prune --older-than old   | --older-than must be a time as in 30d, 12h or 90m, not "old".
          prune --older-than PT-5M | --older-than must be a time
          prune --history never    | --history must be a time
          """)
  void saysWhatIsWrong(String options, String problem) {
    assertThat(console.run(("session " + options).split(" +"))).isEqualTo(3);
    assertThat(console.err()).contains(problem);
  }

  @Test
  void readsAges() {
    assertThat(Age.parse("--x", "2d")).isEqualTo(Duration.ofDays(2));
    assertThat(Age.parse("--x", "3h")).isEqualTo(Duration.ofHours(3));
    assertThat(Age.parse("--x", " 4m ")).isEqualTo(Duration.ofMinutes(4));
  }
}
