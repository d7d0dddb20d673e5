package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The names that are found without reading the rows are those of the rows. */
class BundledNamesTest {
  @Test
  void areThoseThatTheParserReads() {
    List<CatalogEntry> entries = BundledModels.entries();
    List<Model> models = BundledModels.all();

    assertThat(entries).hasSameSizeAs(models).hasSizeGreaterThan(400);
    for (int i = 0; i < models.size(); i++) {
      CatalogEntry entry = entries.get(i);
      Model model = models.get(i);
      assertThat(entry.qualifiedId()).isEqualTo(model.qualifiedId());
      assertThat(entry.aliases()).as(entry.qualifiedId()).isEqualTo(model.aliases());
      assertThat(entry.model()).as(entry.qualifiedId()).isEqualTo(model);
      assertThat(entry.model()).as("read once").isSameAs(entry.model());
    }
  }

  @Test
  void areReadOnceWhoeverAsks() {
    Model first = ModelCatalog.bundled().require("gpt-5-mini");

    assertThat(
            IntStream.range(0, 1_000)
                .parallel()
                .mapToObj(i -> ModelCatalog.bundled().require("gpt-5-mini")))
        .allSatisfy(model -> assertThat(model).isSameAs(first));
  }
}
