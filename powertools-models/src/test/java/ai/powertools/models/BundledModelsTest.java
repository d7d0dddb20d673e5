package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of the bundled models, whatever the sources say. */
class BundledModelsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 8, 1);
  private static final Instant NOON = Instant.parse("2026-08-01T12:00:00Z");

  private final ModelCatalog catalog = ModelCatalog.bundled();

  @Test
  void areAtLeastFourHundred() {
    assertThat(catalog.models()).hasSizeGreaterThanOrEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai",
        "anthropic",
        "google",
        "mistral",
        "deepseek",
        "xai",
        "meta",
        "alibaba",
        "cohere",
        "aws",
        "groq",
        "openrouter",
        "ollama"
      })
  void areOfEveryProvider(String provider) {
    assertThat(catalog.models()).anyMatch(model -> model.provider().equals(provider));
  }

  @Test
  void sayWhenTheyWereTrueAndWhere() {
    for (Model model : catalog.models()) {
      assertThat(model.asOf()).as(model.id()).isBetween(LocalDate.of(2026, 7, 2), DAY);
      assertThat(model.source().getScheme()).isEqualTo("https");
      assertThat(model.source().getHost()).isNotBlank();
    }
  }

  @Test
  void areSortedSoThatChangesCanBeRead() {
    assertThat(catalog.models().stream().map(m -> m.provider() + "\0" + m.id()).toList())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void haveNamesThatMeanThemAndNothingElse() {
    for (Model model : catalog.models()) {
      assertThat(catalog.require(model.qualifiedId())).isSameAs(model);
      assertThat(catalog.find(model.provider(), model.id().toUpperCase(Locale.ROOT)))
          .containsSame(model);
      if (model.id().indexOf('/') < 0) {
        assertThat(catalog.require(model.id())).isSameAs(model);
      }
      for (String alias : model.aliases()) {
        assertThat(catalog.require(alias)).isSameAs(model);
      }
    }
  }

  @Test
  void areNotRetiredAlready() {
    assertThat(catalog.models()).noneMatch(model -> model.traits().isRetired(DAY));
  }

  @Test
  void havePlausiblePrices() {
    forEachRow(
        (model, row) ->
            row.rates()
                .prices()
                .forEach(
                    (unit, price) ->
                        assertThat(Plausible.objection(unit, price.toBigDecimal()))
                            .as("%s %s", model.id(), unit)
                            .isEmpty()));
  }

  @Test
  void chargeForInputReadFromACacheAtMostWhatInputCosts() {
    forEachRow(
        (model, row) -> {
          Usd input = row.rates().prices().get(Unit.INPUT_TOKENS);
          Usd cached = row.rates().prices().get(Unit.CACHE_READ_TOKENS);
          if (input != null && cached != null) {
            assertThat(cached).as(model.id()).isLessThanOrEqualTo(input);
          }
        });
  }

  @Test
  void chargeLessInCheapTiersAndMoreInFastOnes() {
    for (Model model : catalog.models()) {
      for (String tier : model.prices().map(Prices::tiers).orElse(List.of())) {
        if (!tier.equals(CallTerms.STANDARD)) {
          Usd standard = sum(model, CallTerms.at(NOON));
          Usd other = sum(model, CallTerms.at(NOON).tier(tier));
          boolean cheap = tier.equals("batch") || tier.equals("flex");
          assertThat(other.compareTo(standard))
              .as("%s of %s", tier, model.qualifiedId())
              .isEqualTo(cheap ? -1 : 1);
        }
      }
    }
  }

  @Test
  void neverChargeLessForALongerInput() {
    forEachRow(
        (model, row) -> {
          for (Rates.Step step : row.rates().steps()) {
            step.prices()
                .forEach(
                    (unit, price) ->
                        assertThat(price)
                            .as("%s %s", model.id(), unit)
                            .isGreaterThanOrEqualTo(row.rates().prices().get(unit)));
          }
        });
  }

  @Test
  void areFreeWhenTheyRunOnOnesOwnMachineAndOnlyRarelyElse() {
    for (Model model : catalog.models()) {
      boolean free = model.prices().map(Prices::isFree).orElse(false);
      boolean local = model.provider().equals("ollama");
      if (local || model.id().endsWith(":free")) {
        assertThat(free).as(model.id()).isTrue();
      } else if (!model.provider().equals("openrouter")) {
        assertThat(free).as(model.id()).isFalse();
      }
    }
  }

  @Test
  void haveAtMostFourScoresEach() {
    assertThat(catalog.models()).allMatch(model -> model.traits().scores().size() <= 4);
    assertThat(catalog.models().stream().flatMap(m -> m.traits().scores().stream()))
        .hasSizeGreaterThan(100)
        .allMatch(score -> score.source().getScheme().equals("https"))
        .extracting(Score::task)
        .isSubsetOf("coding", "agentic", "reasoning", "math");
  }

  @Test
  void canEmbedOrChatButNotBoth() {
    assertThat(catalog.require("text-embedding-3-small").can(Ability.EMBEDDING)).isTrue();
    assertThat(catalog.models())
        .noneMatch(model -> model.can(Ability.EMBEDDING) && model.can(Ability.TOOLS));
  }

  /** Prices as the vendors' pages had them, by hand. */
  @ParameterizedTest
  @CsvSource({
    "gpt-5, 1.25, 10, 0.125",
    "gpt-5-mini, 0.25, 2, 0.025",
    "gpt-5-nano, 0.05, 0.4, 0.005",
    "gpt-4.1, 2, 8, 0.5",
    "gpt-4o, 2.5, 10, 1.25",
    "gpt-4o-mini, 0.15, 0.6, 0.075",
    "gpt-5.4, 2.5, 15, 0.25",
    "gpt-5.6, 5, 30, 0.5",
    "gpt-5.6-terra, 2, 12, 0.2",
    "o3, 2, 8, 0.5",
    "o4-mini, 1.1, 4.4, 0.275",
    "o1-pro, 150, 600, ",
    "claude-opus-5, 5, 25, 0.5",
    "claude-sonnet-5, 2, 10, 0.2",
    "claude-sonnet-4-6, 3, 15, 0.3",
    "claude-haiku-4-5, 1, 5, 0.1",
    "claude-opus-4-1, 15, 75, 1.5",
    "gemini-2.5-pro, 1.25, 10, 0.125",
    "gemini-2.5-flash, 0.3, 2.5, 0.03",
    "gemini-3.1-pro-preview, 2, 12, 0.2",
    "mistral-large-latest, 0.5, 1.5, 0.05",
    "deepseek-v4-flash, 0.14, 0.28, 0.0028",
    "grok-4.3, 1.25, 2.5, 0.2",
    "groq/llama-3.3-70b-versatile, 0.59, 0.79, ",
    "command-r7b-12-2024, 0.0375, 0.15, ",
    "anthropic.claude-sonnet-4-6, 3, 15, 0.3",
    "us.anthropic.claude-sonnet-4-6, 3.3, 16.5, 0.33",
    "qwen3-max, 1.2, 6, ",
    "llama3.1, 0, 0, "
  })
  void costWhatIsKnown(String name, BigDecimal input, BigDecimal output, BigDecimal cached) {
    Map<Unit, Usd> prices =
        catalog
            .require(name)
            .prices()
            .orElseThrow()
            .inForce(CallTerms.at(NOON))
            .orElseThrow()
            .rates()
            .prices();

    assertThat(prices.get(Unit.INPUT_TOKENS)).isEqualTo(Usd.of(input));
    assertThat(prices.get(Unit.OUTPUT_TOKENS)).isEqualTo(Usd.of(output));
    assertThat(Optional.ofNullable(prices.get(Unit.CACHE_READ_TOKENS)))
        .isEqualTo(Optional.ofNullable(cached).map(Usd::of));
  }

  @ParameterizedTest
  @CsvSource({
    "tts-1, input_characters, 15",
    "whisper-1, input_audio_seconds, 0.36",
    "text-embedding-3-large, input_tokens, 0.13",
    "rerank-v3.5, rerank_searches, 2",
    "imagen-4.0-generate-001, output_images, 40",
    "sora-2, output_video_seconds, 360",
    "gpt-realtime, input_audio_tokens, 32",
    "gpt-image-1, output_image_tokens, 40",
    "mistral-ocr-latest, input_document_pages, 4",
    "claude-opus-5, cache_write_1h_tokens, 10",
    "claude-opus-5, web_searches, 10"
  })
  void costWhatIsKnownOfOtherUnits(String name, String unit, BigDecimal price) {
    PriceRow row =
        catalog.require(name).prices().orElseThrow().inForce(CallTerms.at(NOON)).orElseThrow();

    assertThat(row.rates().prices()).containsEntry(Unit.of(unit).orElseThrow(), Usd.of(price));
  }

  @Test
  void changeWhenItIsKnownThatTheyWill() {
    Prices sonnet = catalog.require("claude-sonnet-5").prices().orElseThrow();
    CallTerms september = CallTerms.at(Instant.parse("2026-09-01T00:00:00Z"));

    assertThat(sonnet.inForce(september).orElseThrow().rates().prices())
        .containsEntry(Unit.INPUT_TOKENS, Usd.of("3"))
        .containsEntry(Unit.OUTPUT_TOKENS, Usd.of("15"));
    assertThat(
            catalog
                .require("o3")
                .prices()
                .orElseThrow()
                .inForce(CallTerms.at(Instant.parse("2025-06-09T00:00:00Z")))
                .orElseThrow()
                .rates()
                .prices())
        .containsEntry(Unit.INPUT_TOKENS, Usd.of("10"));
  }

  private void forEachRow(BiConsumer<Model, PriceRow> check) {
    for (Model model : catalog.models()) {
      model.prices().ifPresent(prices -> prices.rows().forEach(row -> check.accept(model, row)));
    }
  }

  private static Usd sum(Model model, CallTerms terms) {
    Map<Unit, Usd> prices =
        model.prices().orElseThrow().inForce(terms).orElseThrow().rates().prices();
    return prices
        .getOrDefault(Unit.INPUT_TOKENS, Usd.ZERO)
        .plus(prices.getOrDefault(Unit.OUTPUT_TOKENS, Usd.ZERO));
  }
}
