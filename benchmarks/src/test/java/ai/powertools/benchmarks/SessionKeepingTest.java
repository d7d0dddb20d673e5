package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.benchmarks.Comparison.Figure;
import ai.powertools.benchmarks.Comparison.Measured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionKeepingTest {
  @Test
  void namesTheFileSystemAndMeasuresItsFlushes(@TempDir Path folder) throws Exception {
    List<Figure> told = new ArrayList<>();

    SessionKeeping.disk(folder, Duration.ofMillis(20), told::add);

    String type = Files.getFileStore(folder).type();
    assertThat(told).hasSize(4).allMatch(figure -> figure.what().contains(" on " + type + " ("));
    assertThat(told).allMatch(figure -> figure.value() > 0);
  }

  @Test
  void dividesOursByEachPeers() {
    List<Figure> figures =
        new SessionKeeping()
            .figures(
                Map.of(
                    "get ours", new Measured(6, 100, 0),
                    "get rocks", new Measured(3, 50, 0),
                    "get sqlite", new Measured(12, 400, 0)));

    assertThat(figures).extracting(Figure::value).containsExactly(2.0, 2.0, 0.5, 0.25);
  }
}
