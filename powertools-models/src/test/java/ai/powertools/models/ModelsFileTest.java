package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.powertools.core.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        "prices": [{
          "rates": {"input_tokens": "1.25", "cache_read_tokens": "0.125",
                    "cache_write_tokens": "1.5", "output_tokens": "10"},
          "longContext": [{"above": 200, "rates": {"input_tokens": "2.5", "output_tokens": "15"}}]
        }, {
          "tier": "any", "from": "2026-09-01", "until": "2026-10-01T12:00:00Z",
          "hoursUtc": "16:30-00:30", "recorded": "2026-07-01", "superseded": "2026-07-15", "regions": {"eu": "1.1"},
          "rates": {"input_tokens": "1"},
          "longContext": [{"from": 300, "marginal": true, "rates": {"input_tokens": "3"}}]
        }],
        "reads": ["text", "image"], "writes": ["text"], "abilities": ["tools"],
        "released": "2026-01-02", "retired": "2027-01-02",
        "scores": [{"task": "coding", "benchmark": "Bench 1", "value": "59.1",
                    "source": "https://bench.example"}],
        "asOf": "2026-08-01", "source": "https://acme.example/prices"
      }""";

  private static final PriceRow FIRST =
      PriceRow.of(
              Rates.of(
                  Map.of(
                      Unit.INPUT_TOKENS, Usd.of("1.25"),
                      Unit.CACHE_READ_TOKENS, Usd.of("0.125"),
                      Unit.CACHE_WRITE_TOKENS, Usd.of("1.5"),
                      Unit.OUTPUT_TOKENS, Usd.of("10")),
                  List.of(
                      Rates.Step.above(
                          200,
                          Map.of(
                              Unit.INPUT_TOKENS, Usd.of("2.5"),
                              Unit.OUTPUT_TOKENS, Usd.of("15"))))))
          .recorded(LocalDate.of(2026, 8, 1));

  private static final PriceRow SECOND =
      new PriceRow(
          Rates.of(
              Map.of(Unit.INPUT_TOKENS, Usd.of("1")),
              List.of(new Rates.Step(300, true, true, Map.of(Unit.INPUT_TOKENS, Usd.of("3"))))),
          Optional.empty(),
          Optional.of(Instant.parse("2026-09-01T00:00:00Z")),
          Optional.of(Instant.parse("2026-10-01T12:00:00Z")),
          Optional.of(new PriceRow.Hours(LocalTime.of(16, 30), LocalTime.of(0, 30))),
          Map.of("eu", new BigDecimal("1.1")),
          LocalDate.of(2026, 7, 1),
          Optional.of(LocalDate.of(2026, 7, 15)));

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
                Optional.of(new Prices(List.of(FIRST)).and(SECOND)),
                List.of("foo"),
                LocalDate.of(2026, 8, 1),
                URI.create("https://acme.example/prices"),
                new Traits(
                    Set.of(Modality.TEXT, Modality.IMAGE),
                    Set.of(Modality.TEXT),
                    Set.of(Ability.TOOLS),
                    Optional.of(LocalDate.of(2026, 1, 2)),
                    Optional.of(LocalDate.of(2027, 1, 2)),
                    List.of(
                        new Score(
                            "coding",
                            "Bench 1",
                            new BigDecimal("59.1"),
                            URI.create("https://bench.example"))))));
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
    Model free = read(ROW.replaceAll("_tokens\": \"[\\d.]+\"", "_tokens\": \"0\"")).get(0);

    assertThat(free.prices().orElseThrow().rows().get(0).rates().prices().values())
        .containsOnly(Usd.ZERO);
    assertThat(read(ROW.replaceAll("\"prices\"(?s:.*)\"reads\"", "\"reads\"")).get(0).prices())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"1.25\"|\"0.00000125\"|prices[0].rates.input_tokens is absurdly small for a price per million tokens (was it meant per token, and so $1.25 per million?): must be 0 or at least 0.001, not \"0.00000125\".",
        "\"10\"|\"10000000\"|prices[0].rates.output_tokens is absurdly high for a price per million tokens: must be at most 10000, not \"10000000\".",
        "\"2.5\"|\"0.0000025\"|prices[0].longContext[0].rates.input_tokens is absurdly small for a price per million tokens (was it meant per token, and so $2.50 per million?): must be 0 or at least 0.001, not \"0.0000025\".",
        "\"output_tokens\": \"10\"|\"output_tokens\": 10|prices[0].rates.output_tokens must be a string, not \"10\".",
        "\"output_tokens\": \"10\"|\"output_tokens\": \"-1\"|prices[0].rates.output_tokens must be dollars per 1000000 of it as a plain decimal, not \"-1\".",
        "\"output_tokens\": \"10\"|\"output_tokens\": \"1e1\"|prices[0].rates.output_tokens must be dollars per 1000000 of it as a plain decimal, not \"1e1\".",
        "\"cache_read_tokens\": \"0.125\"|\"cache_read_tokens\": \"1.26\"|prices[0].rates.cache_read_tokens must not be above input_tokens, not \"1.26\".",
        "\"cache_write_tokens\"|\"cache_writes\"|prices[0].rates.cache_writes is no unit that models.schema.json lists, not \"1.5\".",
        "\"above\": 200|\"above\": 0|Prices for long inputs need a threshold of at least 1 token and a price, not 0 and {INPUT_TOKENS=2.5, OUTPUT_TOKENS=15}.",
        "\"above\": 200, ||prices[0].longContext[0].above is missing.",
        "\"above\": 200, \"rates\"|\"above\": 200, \"rate\"|prices[0].longContext[0].rates is missing.",
        "\"marginal\": true|\"marginal\": 1|prices[1].longContext[0].marginal must be true or false, not \"1\".",
        "\"from\": \"2026-09-01\"|\"from\": \"soon\"|prices[1].from must be a date such as 2026-08-01 or a moment such as 2026-08-01T12:00:00Z, not \"soon\".",
        "\"16:30-00:30\"|\"night\"|prices[1].hoursUtc must be hours such as 16:30-00:30, not \"night\".",
        "\"eu\": \"1.1\"|\"eu\": \"dear\"|prices[1].regions.eu must be a factor such as 1.1, not \"dear\".",
        "\"recorded\"|\"record\"|there is no field prices[1].record. See models.schema.json.",
        "\"until\": \"2026-10-01T12:00:00Z\"|\"until\": \"2026-09-01\"|Prices that begin at 2026-09-01T00:00:00Z can't end at 2026-09-01T00:00:00Z.",
        "[\"tools\"]|[\"magic\"]|abilities must be names that models.schema.json lists, not \"magic\".",
        "\"benchmark\": \"Bench 1\"|\"benchmark\": \" \"|A score needs a task and a benchmark, not \"coding\" and \" \".",
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
        "\"prices\": [|\"prices\": \"free\", \"other\": [|own.json, row 1 (acme/foo-1): prices must"
            + " be a list, not \"free\".",
        "\"prices\": [|\"prices\": [1, |own.json, row 1 (acme/foo-1): prices must be a list of"
            + " objects, not \"[1, {rates={input_tokens=1.25, cache_read_tokens=0.125, cache_write_tokens=1.5, output_tokens=10}, l…\".",
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
        "{\"version\": 1, \"models\": []}|own.json: version must be 2, not \"1\".",
        "{\"models\": []}|own.json: version is missing.",
        "{\"version\": 2}|own.json: models must be a list.",
        "{\"version\": 2, \"models\": {}}|own.json: models must be a list, not \"{}\".",
        "{\"version\": 2, \"models\": [1]}|own.json, row 1 must be a JSON object.",
        "{\"version\": 2, \"models\": [], \"more\": 1}|own.json: there is no field more. See"
            + " models.schema.json.",
        "{\"$schema\": 1, \"version\": 2, \"models\": []}|own.json: $schema must be a string, not"
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

  private static List<Model> read(String rows) {
    return ModelsFile.read("own.json", stream("{\"version\": 2, \"models\": [" + rows + "]}"));
  }

  private static InputStream stream(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
