package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.powertools.core.ConfigurationException;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schema describes the bundled file, and knows the same fields as the loader. */
class ModelsSchemaTest {
  private static final String ROW =
      """
      {"version": 2, "models": [{
        "id": "foo-1", "provider": "acme", "name": "Foo One",
        "contextTokens": 1000, "maxOutputTokens": 100, "tokenizer": "llama",
        "aliases": ["foo"], "reads": ["text", "image"], "writes": ["text"],
        "abilities": ["tools"], "released": "2026-01-01", "retired": "2027-01-01",
        "asOf": "2026-08-01", "source": "https://acme.example/prices",
        "prices": [
          {"rates": {"input_tokens": "1.25", "web_searches": "10"},
           "longContext": [{"above": 200, "marginal": true, "rates": {"input_tokens": "2.5"}}],
           "regions": {"eu": "1.1"}},
          {"tier": "batch", "from": "2026-01-01", "until": "2026-12-01T12:00:00Z",
           "hoursUtc": "16:30-00:30", "recorded": "2026-02-01", "rates": {"input_tokens": "1"}}],
        "scores": [{"task": "coding", "benchmark": "Bench 1", "value": "50.5",
          "source": "https://bench.example/"}]
      }]}""";

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(text("models.schema.json"), InputFormat.JSON);

  @Test
  void describesTheBundledFile() {
    assertThat(SCHEMA.validate(text("models.json"), InputFormat.JSON)).isEmpty();
  }

  @Test
  void describesEveryFieldThatTheLoaderReads() {
    assertThat(SCHEMA.validate(ROW, InputFormat.JSON)).isEmpty();
    assertThat(ModelsFile.read("own.json", stream(ROW))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"contextTokens\": 1000|\"contextTokens\": \"many\"",
        "\"contextTokens\": 1000|\"contextTokens\": 1000.5",
        "\"contextTokens\": 1000,|''",
        "\"asOf\": \"2026-08-01\",|''",
        "\"asOf\": \"2026-08-01\"|\"asOf\": \"1 August\"",
        "\"llama\"|\"none\"",
        "https://acme|ftp://acme",
        "\"version\": 2|\"version\": 1",
        "\"aliases\"|\"alias\"",
        "[\"foo\"]|[1]",
        "\"Foo One\"|\" \"",
        "[\"tools\"]|[\"cooking\"]",
        "[\"text\", \"image\"]|[\"text\", \"smell\"]",
        "\"2027-01-01\"|\"soon\"",
        "\"1.25\"|1.25",
        "\"1.25\"|\"-1\"",
        "\"1.25\"|\"1e1\"",
        "\"web_searches\"|\"web_search\"",
        "{\"input_tokens\": \"1\"}|\"free\"",
        "\"above\": 200|\"beyond\": 200",
        "\"above\": 200|\"above\": 0",
        "\"marginal\": true|\"marginal\": \"yes\"",
        "\"16:30-00:30\"|\"half past four\"",
        "\"from\": \"2026-01-01\"|\"from\": \"January\"",
        "\"eu\": \"1.1\"|\"eu\": 1.1",
        "\"tier\"|\"tiers\"",
        "\"value\": \"50.5\"|\"value\": 50.5",
        "\"task\": \"coding\",|''",
        "https://bench|http://bench"
      })
  void refusesWhatTheLoaderRefuses(String good, String bad) {
    assertThat(ROW).contains(good);
    String row = ROW.replace(good, bad);

    assertThat(SCHEMA.validate(row, InputFormat.JSON)).isNotEmpty();
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ModelsFile.read("own.json", stream(row)));
  }

  @Test
  void refusesEveryBundledRowThatLosesAFieldItNeeds() {
    String without = text("models.json").replaceAll("\"tokenizer\":\"[a-z0-9_]+\",", "");

    assertThat(SCHEMA.validate(without, InputFormat.JSON))
        .hasSameSizeAs(ModelCatalog.bundled().models())
        .allMatch(error -> error.toString().contains("tokenizer"));
  }

  @Test
  void listsEveryConstant() {
    assertThat(listed("model", "properties", "tokenizer", "enum"))
        .isEqualTo(names(Tokenizer.values()));
    assertThat(listed("model", "properties", "abilities", "items", "enum"))
        .isEqualTo(names(Ability.values()));
    assertThat(listed("modalities", "items", "enum")).isEqualTo(names(Modality.values()));
    assertThat(listed("rates", "propertyNames", "enum"))
        .isEqualTo(Arrays.stream(Unit.values()).map(Unit::key).toList());
  }

  private static Object listed(String... path) {
    Object found = object(resource("models.schema.json")).get("$defs");
    for (String name : path) {
      found = object(found).get(name);
    }
    return found;
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static Map<String, Object> object(Object json) {
    return SharedData.object(json);
  }

  private static Object resource(String name) {
    return json(ModelsFile.class.getResourceAsStream(name));
  }

  private static String text(String name) {
    try (InputStream in = ModelsFile.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object json(InputStream stream) {
    try (stream) {
      return Json.read(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream stream(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
