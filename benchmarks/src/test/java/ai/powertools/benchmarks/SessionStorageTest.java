package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.benchmarks.Comparison.Figure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionStorageTest {
  @Test
  void tellsTheSizesOfEverySettingAndWhichIsNearest(@TempDir Path folder) throws Exception {
    List<Figure> told = new ArrayList<>();

    new SessionStorage(ChatCorpus.load(Map.of(), 120), told::add).measure(folder);

    List<Double> records =
        told.stream()
            .filter(figure -> figure.what().endsWith(", records"))
            .map(Figure::value)
            .toList();
    assertThat(records).hasSize(Keeping.all().size());
    assertThat(records.get(0)).isGreaterThan(1); // a header and a checksum each
    assertThat(records.subList(1, records.size())).allMatch(ratio -> ratio < records.get(0));
    Figure nearest = told.get(told.size() - 1);
    assertThat(nearest.value()).isEqualTo(records.stream().min(Double::compare).orElseThrow());
    assertThat(told).filteredOn(figure -> figure.what().endsWith(", dictionary")).isNotEmpty();
  }

  @Test
  void saysWhereThereIsTooLittleToLearnFrom(@TempDir Path folder) throws Exception {
    List<Figure> told = new ArrayList<>();

    new SessionStorage(ChatCorpus.load(Map.of(), 2), told::add).measure(folder);

    assertThat(told)
        .filteredOn(figure -> figure.what().endsWith("too little to learn from"))
        .hasSameSizeAs(Keeping.all().stream().filter(Keeping::trained).toList());
  }

  @Test
  void conversationsAreMadeOfPromptsWhereThereAreSome(@TempDir Path data) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      lines.append("{\"set\": \"s\", \"prompt\": \"Why ").append(i).append("?\"}\n");
    }
    Path folder = Files.createDirectory(data.resolve("routing"));
    Files.writeString(folder.resolve("outcomes-dev.jsonl"), lines, StandardCharsets.UTF_8);

    ChatCorpus corpus = ChatCorpus.load(Map.of("POWERTOOLS_DATA", data.toString()), 9);

    assertThat(corpus.source()).isEqualTo("prompts");
    assertThat(corpus.conversations()).hasSize(2).allMatch(messages -> messages.size() == 10);
    ChatEntry second = corpus.conversations().get(0).get(1);
    assertThat(second.role()).isEqualTo("assistant");
    assertThat(second.content()).isEqualTo("Why 1?");
    assertThat(second.usage().output()).isPositive();
  }

  @Test
  void conversationsAreTheSameEveryTime() throws Exception {
    assertThat(ChatCorpus.load(Map.of(), 5)).isEqualTo(ChatCorpus.load(Map.of(), 5));
  }
}
