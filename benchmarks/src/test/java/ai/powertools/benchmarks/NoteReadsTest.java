package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.benchmarks.Comparison.Figure;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoteReadsTest {
  @Test
  void readsInAllPlacesAloneAndBesideAWriter(@TempDir Path folder) throws Exception {
    List<Figure> told = new ArrayList<>();

    new NoteReads(1, Duration.ofMillis(50), told::add).measure(folder);

    assertThat(told).hasSize(16);
    assertThat(told)
        .allSatisfy(figure -> assertThat(figure.value()).as(figure.what()).isPositive());
  }

  @Test
  void aNoteIsAKilobyteOfJson() throws Exception {
    Note note = Note.of(12, new SplittableRandom(3));

    byte[] json = new ObjectMapper().writeValueAsBytes(note);

    assertThat(json).hasSizeBetween(950, 1_050);
    assertThat(Notes.Json.read(json)).isEqualTo(note);
  }
}
