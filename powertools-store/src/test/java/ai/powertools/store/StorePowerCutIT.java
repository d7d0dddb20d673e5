package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.CrashHarness;
import ai.powertools.testing.CrashReport;
import ai.powertools.testing.ForgetfulDisk;
import ai.powertools.testing.Loss;
import ai.powertools.testing.RandomInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each kill is a power cut: what SQLite and the store did not force to the disk is lost, or torn,
 * or there while something earlier is not. What was acknowledged as durable has to survive that, as
 * often as {@code -Dpowertools.crash.cycles} says. It shows that the store forces what it must, and
 * not that the disk below obeys. How much was forgotten is printed: in a few cuts it may be
 * nothing.
 */
class StorePowerCutIT {
  private static final int CYCLES = RandomInput.size("powertools.crash.cycles", 5);

  @TempDir Path above;

  private CrashReport cut(WriteMode.Done done, Loss loss, boolean strict) throws IOException {
    Path folder = Files.createDirectories(above.resolve("files"));
    Path file = folder.resolve("state.db");
    try (ForgetfulDisk disk = ForgetfulDisk.over(folder).losing(loss)) {
      CrashHarness harness =
          CrashHarness.of(CrashingWriter.class, file.toString(), "4", done.name())
              .cycles(CYCLES)
              .acknowledgements(150)
              .on(disk);
      CrashReport report =
          strict
              ? harness.prove(cycle -> CrashedStore.survivors(file))
              : harness.count(cycle -> CrashedStore.survivors(file));
      System.out.println("StorePowerCutIT: " + done + ", " + loss + ": " + report);
      return report;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DURABLE, AT_RANDOM",
    "DURABLE, ALL_UNFORCED",
    "DURABLE_SEEN_SOONER, AT_RANDOM",
    "DURABLE_SEEN_SOONER, ALL_UNFORCED"
  })
  void losesNothingThatIsDurableAndTearsNothing(WriteMode.Done done, Loss loss) throws IOException {
    CrashReport report = cut(done, loss, true);

    assertThat(report.acknowledged()).isPositive();
    assertThat(report.lost() + report.torn() + report.phantom()).isZero();
  }

  /** What is only seen may go with the power, as its name says, but never in part. */
  @Test
  void mayLoseWhatWasOnlySeenAndTearsNothing() throws IOException {
    CrashReport report = cut(WriteMode.Done.SEEN, Loss.AT_RANDOM, false);

    assertThat(report.lost()).isPositive();
    assertThat(report.torn()).isZero();
    assertThat(report.phantom()).isZero();
  }
}
