package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.CrashHarness;
import ai.powertools.testing.CrashReport;
import ai.powertools.testing.RandomInput;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that appends and sets is killed with SIGKILL at random moments, as often as {@code
 * -Dpowertools.crash.cycles} says, always on the same file: everything acknowledged is there, whole
 * and under its number, nothing is there in part, and every record is as it was written.
 */
class SessionCrashIT {
  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLostAndNothingIsTorn() {
    Path file = folder.resolve("state.db");
    CrashReport report =
        CrashHarness.of(WritingProcess.class, file.toString(), "4")
            .cycles(RandomInput.size("powertools.crash.cycles", 16))
            .acknowledgements(150)
            .prove(cycle -> CrashedSession.survivors(file));

    System.out.println("SessionCrashIT: " + report);
    assertThat(report.acknowledged()).isPositive();
  }
}
