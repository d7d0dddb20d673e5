package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that keeps its word, and writers that don't and are found out. */
class CrashHarnessIT {
  private static final int CYCLES = 6;

  @TempDir Path above;

  private final List<CrashCycle> cycles = new ArrayList<>();

  private Path file() throws IOException {
    return Files.createDirectories(above.resolve("files")).resolve("numbers");
  }

  private CrashHarness harness(String faults) throws IOException {
    return CrashHarness.of(NumberWriter.class, file().toString(), faults)
        .cycles(CYCLES)
        .acknowledgements(40);
  }

  private Survivors read(CrashCycle cycle) throws IOException {
    cycles.add(cycle);
    List<String> whole = new ArrayList<>();
    List<String> torn = new ArrayList<>();
    if (Files.exists(file())) {
      String text = Files.readString(file(), StandardCharsets.ISO_8859_1);
      for (String line : text.split("\n", -1)) {
        if (line.matches("[0-9]{9}")) {
          whole.add("" + Long.parseLong(line));
        } else if (!line.isEmpty() && !text.endsWith(line)) {
          torn.add("\"" + line.replace('\0', '0') + "\"");
        }
      }
    }
    return Survivors.of(whole).torn(torn);
  }

  @Test
  void provesAWriterThatKeepsItsWord() throws IOException {
    CrashReport report = harness("none").environment("UNUSED", "x").prove(this::read);

    assertThat(report.kills()).isEqualTo(CYCLES);
    assertThat(report.acknowledged()).isPositive();
    assertThat(report.lost() + report.torn() + report.phantom() + report.forgotten()).isZero();
    assertThat(cycles).extracting(CrashCycle::number).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(report).hasToString(report.toString()).asString().contains("6 kills (");
  }

  @Test
  void provesItThroughPowerCuts() throws IOException {
    file(); // makes the folder
    try (ForgetfulDisk disk = ForgetfulDisk.over(file().getParent())) {
      CrashReport report = harness("none").on(disk).startingShare(0).prove(this::read);

      assertThat(report.acknowledged()).isPositive();
    }
  }

  @Test
  void findsOutAWriterThatDoesNotForceButOnlyByPowerCuts() throws IOException {
    assertThat(harness("unforced").startingShare(0).prove(this::read).lost())
        .as("the operating system keeps what a killed process wrote")
        .isZero();
    Files.delete(file());
    RandomInput random = RandomInput.of(7);
    try (ForgetfulDisk disk = ForgetfulDisk.over(file().getParent()).losing(Loss.ALL_UNFORCED)) {
      assertThatThrownBy(
              () -> harness("unforced").random(random).startingShare(0).on(disk).prove(this::read))
          .isInstanceOf(AssertionError.class)
          .hasMessageMatching("Cycle [1-6] of 6, seed 7: \\d+ lost \\(.*\\)\\.");
      Files.deleteIfExists(file());
      CrashReport report = harness("unforced").startingShare(0).on(disk).count(this::read);
      assertThat(report.lost()).isPositive();
      assertThat(report.forgotten()).isPositive();
      assertThat(report.phantom()).isZero();
    }
  }

  @Test
  void findsOutAWriterThatWritesWhatItNeverBegan() throws IOException {
    CrashReport report = harness("twice").startingShare(0).count(this::read);

    assertThat(report.phantom()).isPositive();
  }

  @Test
  void takesWhatASilentWriterKeptForBeingInFlight() throws IOException {
    CrashReport report = harness("silent").startingShare(0).prove(this::read);

    assertThat(report.acknowledged()).isPositive();
    assertThat(cycles).allSatisfy(cycle -> assertThat(cycle.inFlight()).isEmpty());
  }

  @Test
  void killsWhileTheWriterIsStarting() throws IOException {
    // The first kills may come too late: how long a start takes is not known before.
    CrashReport report = harness("none").startingShare(1).cycles(12).prove(this::read);

    assertThat(report.whileStarting()).isPositive();
    assertThat(cycles).filteredOn(CrashCycle::whileStarting).hasSize(report.whileStarting());
  }

  @Test
  void saysSoWhenTheWriterEndsOrHangs() {
    assertThatThrownBy(() -> harness("ends").startingShare(0).prove(this::read))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "ai.powertools.testing.NumberWriter ended by itself with exit code 3; it has to write"
                + " until it is killed. Its standard error is in the test's output, its last lines:"
                + " [ready]");
    assertThatThrownBy(
            () ->
                harness("hangs")
                    .startingShare(0)
                    .random(RandomInput.of(1))
                    .patience(Duration.ofSeconds(3))
                    .prove(this::read))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "(?s)ai.powertools.testing.NumberWriter acknowledged 0 of \\d+ writes within 3 s."
                + " Give it more with patience\\(…\\), or look for what it waits for."
                + " Its last lines: \\[ready\\]");
  }

  @Test
  void saysWhichCycleACheckFailedIn() {
    assertThatThrownBy(
            () ->
                harness("none")
                    .random(RandomInput.of(5))
                    .prove(
                        cycle -> {
                          throw new IOException("no such file");
                        }))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Cycle 1 of 6, seed 5: the check failed: java.io.IOException: no such file")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void refusesNonsense() throws IOException {
    CrashHarness harness = harness("none");
    assertThatThrownBy(() -> harness.cycles(0))
        .hasMessage("Give a positive number of cycles, not 0");
    assertThatThrownBy(() -> harness.acknowledgements(-1)).hasMessageContaining("not -1");
    assertThatThrownBy(() -> harness.startingShare(1.5)).hasMessageContaining("not 1.5");
    assertThatThrownBy(() -> harness.startingShare(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> harness.patience(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> harness.patience(Duration.ofSeconds(-1)))
        .hasMessageContaining("PT-1S");
  }
}
