package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The bundled catalog is what the generator makes of the sources, to the byte. To make it again,
 * from the root of the project:
 *
 * <pre>mvn -pl powertools-models test -Dtest=BundledCatalogTest -Dcatalog.write=true</pre>
 */
class BundledCatalogTest {
  private static final Path MODELS = Path.of("src/main/resources/ai/powertools/models/models.json");
  private static final Path REPORT = Path.of("../docs/prices.md");

  @Test
  void isWhatTheSourcesSay() throws IOException {
    CatalogGenerator.Catalog catalog = CatalogGenerator.generate();

    if (Boolean.getBoolean("catalog.write")) {
      Files.writeString(MODELS, catalog.json());
      Files.writeString(REPORT, catalog.report());
    }

    assertThat(Files.readString(MODELS)).isEqualTo(catalog.json());
    assertThat(Files.readString(REPORT)).isEqualTo(catalog.report());
  }

  @Test
  void readsBackAsItWasGenerated() {
    CatalogGenerator.Catalog catalog = CatalogGenerator.generate();

    assertThat(ModelCatalog.bundled().models())
        .extracting(CatalogJson::model)
        .isEqualTo(catalog.models().stream().map(CatalogJson::model).toList());
  }

  @Test
  void saysWhereTheSourcesDisagreeInFewLines() {
    CatalogGenerator.Catalog catalog = CatalogGenerator.generate();

    assertThat(catalog.disagreements()).hasSizeGreaterThan(50);
    assertThat(catalog.report().lines().count()).isLessThanOrEqualTo(400);
  }
}
