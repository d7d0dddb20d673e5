package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.CrashHarness;
import ai.powertools.testing.CrashReport;
import ai.powertools.testing.RandomInput;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Durable means durable: a process that writes is killed with SIGKILL at random moments, as often
 * as {@code -Dpowertools.crash.cycles} says, always on the same file. Each time everything that was
 * acknowledged in this and all earlier lives has to be there, whole, and of what was not, at most
 * the one write that each thread had under way.
 */
class StoreCrashIT {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = WriteMode.Done.class,
      names = {"DURABLE", "DURABLE_SEEN_SOONER"})
  void losesTearsAndInventsNothingWhenKilled(WriteMode.Done done) {
    Path file = folder.resolve("state.db");
    CrashReport report =
        CrashHarness.of(CrashingWriter.class, file.toString(), "4", done.name())
            .cycles(RandomInput.size("powertools.crash.cycles", 10))
            .prove(cycle -> CrashedStore.survivors(file));
    System.out.println("StoreCrashIT: " + done + ": " + report);
    assertThat(report.acknowledged()).isPositive();
  }
}
