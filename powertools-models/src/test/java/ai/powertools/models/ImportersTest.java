package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Price maps of others, in the shapes that they have. */
class ImportersTest {
  @TempDir Path folder;

  @Test
  void readsLiteLlmsPricesWithTheirTiersLengthsAndRegions() throws IOException {
    Model model =
        liteLlm(
                """
                {"sample_spec": {"litellm_provider": "one of these"},
                 "openai/gpt-x": {"litellm_provider": "openai", "mode": "chat",
                  "max_input_tokens": 400000, "max_output_tokens": 1000,
                  "input_cost_per_token": 2.5e-06, "output_cost_per_token": 0.000015,
                  "cache_read_input_token_cost": 2.5e-07,
                  "input_cost_per_token_above_272k_tokens": 5e-06,
                  "output_cost_per_token_above_272k_tokens": 2.25e-05,
                  "input_cost_per_token_batches": 1.25e-06,
                  "output_cost_per_token_batches": 7.5e-06,
                  "input_cost_per_token_flex": 1.25e-06,
                  "input_cost_per_token_above_272k_tokens_flex": 2.5e-06,
                  "regional_processing_uplift_multiplier_eu": 1.1,
                  "search_context_cost_per_query": {"search_context_size_medium": 0.01},
                  "code_interpreter_cost_per_session": 0.03, "file_search_cost_per_1k_calls": 2.5,
                  "supports_vision": true, "supports_reasoning": true,
                  "supports_function_calling": true, "supports_response_schema": true,
                  "supports_prompt_caching": true, "supports_web_search": true,
                  "supports_audio_input": true, "supports_audio_output": true,
                  "deprecation_date": "2027-01-31", "unknown_cost_per_thing": 3}}""")
            .get(0);

    assertThat(model.qualifiedId()).isEqualTo("openai/gpt-x");
    assertThat(model.aliases()).containsExactly("openai/gpt-x");
    assertThat(model.contextTokens()).isEqualTo(400_000);
    assertThat(model.maxOutputTokens()).isEqualTo(1_000);
    assertThat(model.traits().retired()).contains(LocalDate.of(2027, 1, 31));
    assertThat(model.traits().reads())
        .containsExactly(Modality.TEXT, Modality.IMAGE, Modality.AUDIO);
    assertThat(model.traits().writes()).containsExactly(Modality.TEXT, Modality.AUDIO);
    assertThat(model.can(Ability.TOOLS)).isTrue();
    assertThat(model.can(Ability.EMBEDDING)).isFalse();
    Prices prices = model.prices().orElseThrow();
    assertThat(prices.tiers()).containsExactly("standard", "batch", "flex");
    PriceRow standard = prices.rows().get(0);
    assertThat(standard.regions()).isEqualTo(Map.of("eu", new BigDecimal("1.1")));
    assertThat(standard.rates())
        .isEqualTo(
            Rates.of(
                Map.of(
                    Unit.INPUT_TOKENS, Usd.of("2.5"),
                    Unit.OUTPUT_TOKENS, Usd.of("15"),
                    Unit.CACHE_READ_TOKENS, Usd.of("0.25"),
                    Unit.WEB_SEARCHES, Usd.of("10"),
                    Unit.TOOL_SESSIONS, Usd.of("30"),
                    Unit.STORAGE_SEARCHES, Usd.of("2.5")),
                List.of(
                    Rates.Step.above(
                        272_000,
                        Map.of(
                            Unit.INPUT_TOKENS, Usd.of("5"),
                            Unit.OUTPUT_TOKENS, Usd.of("22.5"))))));
    Rates flex = prices.rows().get(2).rates();
    assertThat(flex.priceOf(Unit.INPUT_TOKENS)).contains(Usd.of("1.25"));
    assertThat(flex.priceOf(Unit.OUTPUT_TOKENS)).as("as standard").contains(Usd.of("15"));
    assertThat(flex.steps().get(0).prices()).containsOnlyKeys(Unit.INPUT_TOKENS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"mode\": \"embedding\", \"input_cost_per_token\": 2e-08|INPUT_TOKENS|0.02",
        "\"mode\": \"video_generation\", \"output_cost_per_second\": 0.1|OUTPUT_VIDEO_SECONDS|360",
        "\"mode\": \"audio_speech\", \"output_cost_per_second\": 0.001|OUTPUT_AUDIO_SECONDS|3.6",
        "\"mode\": \"audio_transcription\", \"input_cost_per_second\": 0.0001|INPUT_AUDIO_SECONDS|0.36",
        "\"mode\": \"image_generation\", \"output_cost_per_image\": 0.04|OUTPUT_IMAGES|40",
        "\"mode\": \"rerank\", \"input_cost_per_query\": 0.002|RERANK_SEARCHES|2",
        "\"mode\": \"ocr\", \"ocr_cost_per_page\": 0.001|INPUT_DOCUMENT_PAGES|1",
        "\"input_cost_per_character\": 0.000015|INPUT_CHARACTERS|15",
        "\"input_cost_per_pixel\": 1e-08|INPUT_PIXELS|10",
        "\"input_cost_per_request\": 0.005|REQUESTS|5",
        "\"output_cost_per_reasoning_token\": 3e-06|OUTPUT_REASONING_TOKENS|3"
      })
  void readsWhatLiteLlmChargesForOtherThanTokens(String fields, Unit unit, String price)
      throws IOException {
    Model model = liteLlm("{\"m\": {\"litellm_provider\": \"acme\", " + fields + "}}").get(0);

    assertThat(model.prices().orElseThrow().rows().get(0).rates().prices())
        .isEqualTo(Map.of(unit, Usd.of(price)));
  }

  @Test
  void tellsPromptsThatWereSearchedForFromSearchesInLiteLlm() throws IOException {
    String search = "\"search_context_cost_per_query\": {\"search_context_size_medium\": 0.035}";
    List<Model> models =
        liteLlm(
            """
            {"gemini/old": {"litellm_provider": "gemini", %s},
             "gemini/new": {"litellm_provider": "gemini", "web_search_billing_unit": "per_query", %s},
             "claude": {"litellm_provider": "anthropic", %s}}"""
                .formatted(search, search, search));

    assertThat(models)
        .extracting(model -> model.prices().orElseThrow().rows().get(0).rates().prices().keySet())
        .containsExactly(
            Set.of(Unit.SEARCH_PROMPTS), Set.of(Unit.WEB_SEARCHES), Set.of(Unit.WEB_SEARCHES));
  }

  @Test
  void readsRangesOfLengthAndFastModesOfLiteLlm() throws IOException {
    List<Model> models =
        liteLlm(
            """
            {"dashscope/q": {"litellm_provider": "dashscope", "tiered_pricing": [
               {"range": [0, 256000.0], "input_cost_per_token": 5e-08},
               {"range": [256000.0, 1000000.0], "input_cost_per_token": 2.5e-07}]},
             "claude": {"litellm_provider": "anthropic", "input_cost_per_token": 5e-06,
               "provider_specific_entry": {"us": 1.1, "fast": 6.0}},
             "nothing": {"litellm_provider": "acme", "mode": "moderation"}}""");

    assertThat(models.get(0).prices().orElseThrow().rows().get(0).rates())
        .isEqualTo(
            Rates.of(
                Map.of(Unit.INPUT_TOKENS, Usd.of("0.05")),
                List.of(Rates.Step.above(256_000, Map.of(Unit.INPUT_TOKENS, Usd.of("0.25"))))));
    Prices claude = models.get(1).prices().orElseThrow();
    assertThat(claude.tiers()).containsExactly("standard", "fast");
    assertThat(claude.rows().get(1).rates().priceOf(Unit.INPUT_TOKENS)).contains(Usd.of("30"));
    assertThat(claude.rows().get(0).regions()).containsKey("us");
    assertThat(models.get(2).prices()).isEmpty();
  }

  @Test
  void readsGenaiPricesRulesOfNamesDatesHoursAndLengths() throws IOException {
    ModelCatalog catalog =
        ModelCatalog.of(
            PriceSource.genaiPrices(
                write(
                    """
                    [{"id": "acme", "name": "Acme", "models": [
                      {"id": "first", "match": {"or": [{"equals": "one"}, {"starts_with": "st-"},
                        {"ends_with": "-end"}, {"contains": "mid"}, {"regex": "^o[13]$"}]},
                       "context_window": 100000, "prices": [
                        {"prices": {"input_mtok": 2}},
                        {"constraint": {"start_date": "2026-09-01"}, "prices": {"input_mtok": 3}},
                        {"constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z"},
                         "prices": {"input_mtok": {"base": 4,
                           "tiers": [{"start": 200000, "price": 8}]}}}]},
                      {"id": "second", "name": "Second", "match": {"equals": "two"},
                       "prices": {"web_searches_kcount": 10, "audio_hours": 0.36,
                         "requests_kcount": 5}},
                      {"id": "unpriced", "match": {"equals": "three"}, "prices": {}}]}]""")));

    for (String name : List.of("one", "ONE", "st-1", "x-end", "a mid b", "o3")) {
      assertThat(catalog.find("acme", name)).as(name).isPresent();
    }
    assertThat(catalog.find("acme", "o33")).isEmpty();
    assertThat(catalog.find("acme", "first")).as("an id is not a name").isEmpty();
    assertThat(catalog.find("acme", "one-2026-05-05")).isEmpty();
    Model first = catalog.find("acme", "one").orElseThrow();
    assertThat(first.contextTokens()).isEqualTo(100_000);
    List<PriceRow> rows = first.prices().orElseThrow().rows();
    assertThat(rows).allSatisfy(row -> assertThat(row.tier()).isEmpty());
    assertThat(rows.get(1).from()).contains(Instant.parse("2026-09-01T00:00:00Z"));
    assertThat(rows.get(2).hours())
        .contains(new PriceRow.Hours(LocalTime.of(0, 30), LocalTime.of(16, 30)));
    assertThat(rows.get(2).rates().steps()).hasSize(1);
    assertThat(
            catalog
                .find("acme", "two")
                .orElseThrow()
                .prices()
                .orElseThrow()
                .rows()
                .get(0)
                .rates()
                .prices())
        .containsOnlyKeys(Unit.WEB_SEARCHES, Unit.AUDIO_SECONDS, Unit.REQUESTS);
    assertThat(catalog.find("acme", "three").orElseThrow().prices()).isEmpty();
  }

  @Test
  void readsModelsDevWithWhatARowLeavesToTheMaker() throws IOException {
    List<Model> models =
        PriceSource.modelsDev(
                write(
                    """
                    {"models": {"acme/base": {"name": "Base", "limit": {"context": 200000,
                        "output": 64000}, "release_date": "2026-03-05", "reasoning": true,
                        "tool_call": true, "structured_output": true,
                        "modalities": {"input": ["text", "image", "pdf", "video", "audio", "smell"],
                          "output": ["text"]}}},
                     "providers": {"shop": {"models": {
                       "gpt-x": {"base_model": "acme/base", "base_model_omit": ["reasoning"],
                         "name": " X ", "cost": {"input": 2.5, "output": 15, "cache_read": 0.25,
                           "tiers": [{"tier": {"size": 272000}, "input": 5, "output": 22.5,
                             "cache_write": 7}]}},
                       "plain": {"release_date": "2026-03", "cost": {"request": 0.005}}}}}}"""))
            .models();

    Model x = models.get(0);
    assertThat(x.name()).isEqualTo("X");
    assertThat(x.contextTokens()).isEqualTo(200_000);
    assertThat(x.traits().released()).contains(LocalDate.of(2026, 3, 5));
    assertThat(x.can(Ability.REASONING)).isFalse();
    assertThat(x.can(Ability.CACHING)).isTrue();
    assertThat(x.can(Ability.STRUCTURED_OUTPUT)).isTrue();
    assertThat(x.traits().reads()).hasSize(5);
    Rates rates = x.prices().orElseThrow().rows().get(0).rates();
    assertThat(rates.priceOf(Unit.CACHE_READ_TOKENS)).contains(Usd.of("0.25"));
    assertThat(rates.steps().get(0).prices())
        .containsOnlyKeys(Unit.INPUT_TOKENS, Unit.OUTPUT_TOKENS);
    assertThat(models.get(1).traits().released()).isEmpty();
    assertThat(models.get(1).prices().orElseThrow().rows().get(0).rates().prices())
        .isEqualTo(Map.of(Unit.REQUESTS, Usd.of("5")));
  }

  @Test
  void readsModelsDevWithoutTheMakersToo() throws IOException {
    assertThat(
            PriceSource.modelsDev(
                    write("{\"shop\": {\"models\": {\"m\": {\"cost\": {\"input\": 1}}}}}"))
                .models())
        .extracting(Model::qualifiedId)
        .containsExactly("shop/m");
  }

  @Test
  void readsTheWholeMaps() {
    assertThat(PriceSource.liteLlm(SharedData.file("prices/litellm-2026-08-01.json")).models())
        .hasSizeGreaterThan(2_900);
    assertThat(PriceSource.genaiPrices(SharedData.file("prices/genai-prices-v2.json")).models())
        .hasSize(1_466);
    assertThat(PriceSource.modelsDev(SharedData.file("prices/models-dev-2026-07-02.json")).models())
        .hasSizeGreaterThan(4_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"m\": {\"litellm_provider\": \"acme\", \"input_cost_per_token\": 2.5}}|, m: input_cost_per_token 2.5 is absurdly high for a price per million tokens: must be at most 10000.",
        "{\"m\": {\"litellm_provider\": \"acme\", \"input_cost_per_token\": 2.5e-12}}|, m: input_cost_per_token 0.0000000000025 is absurdly small",
        "{\"m\": {\"litellm_provider\": \"acme\", \"input_cost_per_token\": -1}}|, m: input_cost_per_token -1 is below zero.",
        "[]|_ is not what it was said to be: it must be LiteLLM's map of models to their prices.",
        "{\"a\": 1}|_ is not what it was said to be: it must be LiteLLM's map",
        "{|_ cannot be read: "
      })
  void refusesARowThatCannotBeRightByItsName(String json, String message) throws IOException {
    Path file = write(json);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> PriceSource.liteLlm(file).models())
        .withMessageStartingWith(file + message.replace("_ ", " "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|_ is not what it was said to be: it must be the list of providers of genai-prices' data file.",
        "[{\"id\": \"a\", \"models\": [{\"id\": \"m\", \"match\": {\"near\": \"m\"}}]}]|, a/m: there is no match by near.",
        "[{\"id\": \"a\", \"models\": [{\"id\": \"m\", \"match\": {}}]}]|, a/m: match must have one clause.",
        "[{\"id\": \"a\", \"models\": [{\"id\": \"m\", \"match\": {\"equals\": \"m\"}, \"prices\": {\"smell_mtok\": 1}}]}]|, a/m: there is no unit for the price smell_mtok.",
        "[{\"id\": \"a\", \"models\": [{\"id\": \"m\", \"match\": {\"equals\": \"m\"}, \"prices\": [{\"constraint\": {\"start_date\": \"soon\"}, \"prices\": {\"input_mtok\": 1}}]}]}]|, a/m: a constraint is no date or time: {start_date=soon}",
        "[{\"id\": \"a\", \"models\": [{\"id\": \" \", \"match\": {\"equals\": \"m\"}}]}]|, a/: A model's id must not be blank",
      })
  void refusesGenaiPricesOfAnotherShape(String json, String message) throws IOException {
    Path file = write(json);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> PriceSource.genaiPrices(file).models())
        .withMessageStartingWith(file + message.replace("_ ", " "));
  }

  @Test
  void refusesWhatIsNotModelsDevAndFilesThatAreNotThere() throws IOException {
    Path file = write("[]");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> PriceSource.modelsDev(file).models())
        .withMessageContaining("the api.json of models.dev, providers with their models");
    Path missing = folder.resolve("missing.json");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> PriceSource.modelsDev(missing).models())
        .withMessage("There is no price map " + missing + ". Name one that exists.");
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-oss-120b, O200K_HARMONY",
    "gpt-4o-mini, O200K_BASE",
    "gpt-4-turbo, CL100K_BASE",
    "o3-mini, O200K_BASE",
    "gpt-5.4, O200K_BASE",
    "claude-sonnet-4-6, CLAUDE",
    "claude-opus-4-7, CLAUDE_4_7",
    "claude-sonnet-5, CLAUDE_4_7",
    "anthropic/claude-opus-4.8, CLAUDE_4_7",
    "gemini-2.5-pro, GEMINI",
    "deepseek-v4, DEEPSEEK",
    "deepseek-r1-distill-llama-70b, LLAMA",
    "deepseek-r1-distill-qwen-32b, QWEN",
    "qwen3-32b, QWEN",
    "grok-4, GROK",
    "llama-3.3-70b, LLAMA",
    "magistral-small, MISTRAL",
    "something-new, OTHER"
  })
  void tellsTheTokenizerByTheName(String id, Tokenizer expected) {
    assertThat(Imports.tokenizer(id)).isEqualTo(expected);
  }

  private List<Model> liteLlm(String json) throws IOException {
    return PriceSource.liteLlm(write(json)).models();
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("map.json"), json);
  }

  @Test
  void keepsNothingOfAnOptionalThatIsMissing() throws IOException {
    Model model =
        liteLlm("{\"m\": {\"litellm_provider\": \"acme\", \"deprecation_date\": \"soon\"}}").get(0);

    assertThat(model.traits().retired()).isEqualTo(Optional.empty());
    assertThat(model.contextTokens()).isEqualTo(8_192);
  }
}
