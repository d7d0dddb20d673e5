package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.router.providers.PullProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ProgressLine line =
      new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesOverWhatItHadShown() {
    line.accept(new PullProgress("pulling manifest", 0, 0));
    line.accept(new PullProgress("done", 0, 0));
    line.end();
    line.end();

    assertThat(shown()).isEqualTo("\rpulling manifest\rdone            " + System.lineSeparator());
  }

  @Test
  void showsAPercentOnce() {
    line.accept(new PullProgress("pulling a", 10_000, 1_000_000));
    line.accept(new PullProgress("pulling a", 10_001, 1_000_000));
    line.accept(new PullProgress("pulling a", 2_000_000, 1_000_000));

    assertThat(shown()).isEqualTo("\rpulling a: 1% of 1.0 MB\rpulling a: 100% of 1.0 MB");
  }

  @Test
  void isNoLineWhereNothingWasShown() {
    line.end();

    assertThat(shown()).isEmpty();
  }
}
