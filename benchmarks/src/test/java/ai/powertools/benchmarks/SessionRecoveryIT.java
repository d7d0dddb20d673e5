package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.powertools.benchmarks.Comparison.Figure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a process that is killed. */
class SessionRecoveryIT {
  @Test
  void findsWhatWasAcknowledgedBeforeTheKill(@TempDir Path folder) throws Exception {
    List<Figure> told = new ArrayList<>();

    new SessionRecovery(SessionRecovery.bytes("200k"), told::add).measure(folder);

    assertThat(told).extracting(Figure::unit).containsExactly("MB", "MB", "ms", "ms", "ms", "ms");
    assertThat(told.get(0).value()).isGreaterThanOrEqualTo(0.19);
    assertThat(told.get(3).value()).isGreaterThan(told.get(2).value());
  }

  @Test
  void readsSizesInWords() {
    assertThat(SessionRecovery.bytes("1g")).isEqualTo(1L << 30);
    assertThat(SessionRecovery.bytes("64M")).isEqualTo(64L << 20);
    assertThat(SessionRecovery.bytes("3k")).isEqualTo(3_072);
    assertThat(SessionRecovery.bytes("17")).isEqualTo(17);
    for (String none : List.of("", "g", "-1g", "1t", "1.5g")) {
      assertThatIllegalArgumentException()
          .as(none)
          .isThrownBy(() -> SessionRecovery.bytes(none))
          .withMessageContaining("-Dsize=64m");
    }
  }
}
