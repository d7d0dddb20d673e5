package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.benchmarks.Comparison.Figure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real databases, for a moment each. */
class SessionWritesIT {
  private static final int CONTENDERS = 7;
  private static final int FIGURES_OF_EACH = 3;
  private static final int RATIOS = 4;

  @Test
  void everyContenderKeepsWhatItIsGiven(@TempDir Path folder) throws Exception {
    List<Figure> told = new ArrayList<>();
    Duration moment = Duration.ofMillis(200);

    new SessionWrites(new SessionWrites.Spans(1, moment, moment, List.of(1, 20)), told::add)
        .measure(folder);

    assertThat(told).hasSize(2 * (CONTENDERS * FIGURES_OF_EACH + RATIOS));
    assertThat(told)
        .filteredOn(figure -> figure.what().endsWith("at 20 threads"))
        .hasSize(told.size() / 2)
        .allSatisfy(figure -> assertThat(figure.value()).as(figure.what()).isPositive());
  }
}
