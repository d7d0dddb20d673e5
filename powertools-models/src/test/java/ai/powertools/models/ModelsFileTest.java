package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.powertools.core.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsFileTest {
  private static final String ROW =
      """
      {
        "id": "foo-1", "provider": "acme", "name": "Foo One",
        "contextTokens": 1000, "maxOutputTokens": 100, "tokenizer": "llama",
        "aliases": ["foo"],
        "prices": {
          "input": "1.25", "cachedInput": "0.125", "cacheWrite": "1.5", "output": "10",
          "longContext": {"aboveInputTokens": 200, "input": "2.5", "output": "15"}
        },
        "asOf": "2026-08-01", "source": "https://acme.example/prices"
      }""";

  @Test
  void readsAllThatARowSays() {
    List<Model> models = read(ROW);

    assertThat(models)
        .containsExactly(
            new Model(
                "foo-1",
                "acme",
                "Foo One",
                1_000,
                100,
                Tokenizer.LLAMA,
                Optional.of(
                    new Prices(
                        Usd.of("1.25"),
                        Optional.of(Usd.of("0.125")),
                        Optional.of(Usd.of("1.5")),
                        Usd.of("10"),
                        Optional.of(
                            new Prices.LongContext(200, Prices.of(Usd.of("2.5"), Usd.of("15")))))),
                List.of("foo"),
                LocalDate.of(2026, 8, 1),
                URI.create("https://acme.example/prices")));
  }

  @Test
  void takesARowWithoutPricesAndAliasesAsUnknownNotAsFree() {
    String prices = ROW.substring(ROW.indexOf("\"aliases\""), ROW.indexOf("\"asOf\""));

    Model model = read(ROW.replace(prices, "")).get(0);

    assertThat(model.prices()).isEmpty();
    assertThat(model.aliases()).isEmpty();
  }

  @Test
  void takesAnExplicitZeroAsFree() {
    Model free =
        read(ROW.replaceAll(
                "\"(input|cachedInput|cacheWrite|output)\": \"[\\d.]+\"", "\"$1\": \"0\""))
            .get(0);

    assertThat(free.prices().orElseThrow().inputPerMillion()).isEqualTo(Usd.ZERO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"input\": \"1.25\"|\"input\": \"0.00000125\"|prices.input is absurdly small for a price per"
            + " million tokens (was it meant per token, and so $1.25 per million?): must be 0 or at"
            + " least 0.001, not \"0.00000125\".",
        "\"output\": \"10\"|\"output\": \"10000000\"|prices.output is absurdly high for a price per"
            + " million tokens: must be at most 10000, not \"10000000\".",
        "\"input\": \"2.5\"|\"input\": \"0.0000025\"|prices.longContext.input is absurdly small for a"
            + " price per million tokens (was it meant per token, and so $2.50 per million?): must be"
            + " 0 or at least 0.001, not \"0.0000025\".",
        "\"output\": \"10\"|\"output\": 10|prices.output must be a string, not \"10\".",
        "\"output\": \"10\"|\"output\": \"-1\"|prices.output must be dollars per million tokens as a"
            + " plain decimal, not \"-1\".",
        "\"output\": \"10\"|\"output\": \"1e1\"|prices.output must be dollars per million tokens as a"
            + " plain decimal, not \"1e1\".",
        "\"output\": \"10\",|\"outputs\": \"10\",|prices.output is missing.",
        "\"cachedInput\": \"0.125\"|\"cachedInput\": \"1.26\"|prices.cachedInput must not be above"
            + " input, not \"1.26\".",
        "\"cacheWrite\"|\"cacheWrites\"|there is no field prices.cacheWrites. See"
            + " models.schema.json.",
        "\"aboveInputTokens\": 200|\"aboveInputTokens\": 0|prices.longContext.aboveInputTokens must be at least 1, not \"0\".",
        "\"name\": \"Foo One\",||name is missing.",
        "\"name\": \"Foo One\"|\"name\": null|name must be a string.",
        "\"name\": \"Foo One\"|\"name\": \" \"|A model's name must not be blank or have white space"
            + " around it: \" \".",
        "\"contextTokens\": 1000|\"contextTokens\": 1000.5|contextTokens must be a whole number, not"
            + " \"1000.5\".",
        "\"contextTokens\": 1000|\"contextTokens\": \"1000\"|contextTokens must be a number, not"
            + " \"1000\".",
        "\"contextTokens\": 1000,||contextTokens is missing.",
        "\"contextTokens\": 1000|\"contextTokens\": 99|maxOutputTokens 100 of acme/foo-1 must be at least 1 and within contextTokens 99.",
        "\"llama\"|\"LLAMA 3\"|tokenizer must be a family that models.schema.json lists, not \"LLAMA"
            + " 3\".",
        "[\"foo\"]|\"foo\"|aliases must be a list, not \"foo\".",
        "[\"foo\"]|[1]|aliases must be a list of strings, not \"[1]\".",
        "\"2026-08-01\"|\"1 August\"|asOf must be a date such as 2026-08-01, not \"1 August\".",
        "https://acme|http://acme|source must be an https address, not"
            + " \"http://acme.example/prices\".",
        "https://acme|https://a b|source must be an https address, not"
            + " \"https://a b.example/prices\".",
        "\"asOf\"|\"price\": 1, \"asOf\"|there is no field price. See models.schema.json."
      })
  void refusesABadRowWithItsPlaceAndTheRemedy(String good, String bad, String message) {
    assertThat(ROW).contains(good);
    String row = ROW.replace(good, bad == null ? "" : bad);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> read(row))
        .withMessage("own.json, row 1 (acme/foo-1): " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"id\": \"foo-1\",||own.json, row 1: id is missing.",
        "\"prices\": {|\"prices\": \"free\", \"other\": {|own.json, row 1 (acme/foo-1): prices must"
            + " be an object, not \"free\".",
      })
  void namesTheRowAsWellAsItCan(String good, String bad, String message) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> read(ROW.replace(good, bad == null ? "" : bad)))
        .withMessage(message);
  }

  @Test
  void refusesTheSameModelTwice() {
    String other = ROW.replace("\"acme\"", "\"ACME\"");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> read(ROW + "," + other))
        .withMessage("own.json, row 2: ACME/foo-1 is there already; keep one of the two.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|own.json must be a JSON object.",
        "{\"version\": 2, \"models\": []}|own.json: version must be 1, not \"2\".",
        "{\"models\": []}|own.json: version is missing.",
        "{\"version\": 1}|own.json: models must be a list.",
        "{\"version\": 1, \"models\": {}}|own.json: models must be a list, not \"{}\".",
        "{\"version\": 1, \"models\": [1]}|own.json, row 1 must be a JSON object.",
        "{\"version\": 1, \"models\": [], \"more\": 1}|own.json: there is no field more. See"
            + " models.schema.json.",
        "{\"$schema\": 1, \"version\": 1, \"models\": []}|own.json: $schema must be a string, not"
            + " \"1\"."
      })
  void refusesAFileOfAnotherShape(String json, String message) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ModelsFile.read("own.json", stream(json)))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"version\": 1, \"version\": 1, \"models\": []}",
        "{\"version\": 1, \"models\": []} {}",
        "nonsense"
      })
  void refusesWhatIsNotJson(String json) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ModelsFile.read("own.json", stream(json)))
        .withMessageStartingWith("own.json cannot be read: ")
        .havingCause();
  }

  @Test
  void saysWhenTheFileIsNotThere() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ModelsFile.read("models.json", null))
        .withMessage("models.json is not there: the jar is incomplete.");
  }

  private static List<Model> read(String rows) {
    return ModelsFile.read("own.json", stream("{\"version\": 1, \"models\": [" + rows + "]}"));
  }

  private static InputStream stream(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
