package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.CrashHarness;
import ai.powertools.testing.CrashReport;
import ai.powertools.testing.ForgetfulDisk;
import ai.powertools.testing.Loss;
import ai.powertools.testing.RandomInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same as {@link SessionCrashIT}, and with the power: what was not forced to the disk goes. */
class SessionPowerCutIT {
  @TempDir Path above;

  @ParameterizedTest
  @EnumSource(Loss.class)
  void nothingAcknowledgedIsLostAndNothingIsTorn(Loss loss) throws IOException {
    Path folder = Files.createDirectories(above.resolve("files"));
    Path file = folder.resolve("state.db");
    try (ForgetfulDisk disk = ForgetfulDisk.over(folder).losing(loss)) {
      CrashReport report =
          CrashHarness.of(WritingProcess.class, file.toString(), "4")
              .cycles(RandomInput.size("powertools.crash.cycles", 4))
              .acknowledgements(100)
              .on(disk)
              .prove(cycle -> CrashedSession.survivors(file));

      System.out.println("SessionPowerCutIT: " + loss + ": " + report);
      assertThat(report.acknowledged()).isPositive();
      assertThat(report.lost() + report.torn() + report.phantom()).isZero();
    }
  }
}
