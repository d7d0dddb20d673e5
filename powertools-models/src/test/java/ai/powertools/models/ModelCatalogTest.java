package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCatalogTest {
  private final ModelCatalog catalog = ModelCatalog.bundled();

  @ParameterizedTest
  @CsvSource({
    "gpt-5-mini, openai/gpt-5-mini",
    "openai/gpt-5-mini, openai/gpt-5-mini",
    "GPT-5-Mini, openai/gpt-5-mini",
    "' gpt-5-mini ', openai/gpt-5-mini",
    "gpt-5-mini-2025-08-07, openai/gpt-5-mini",
    "openai/gpt-5-2025-08-07, openai/gpt-5",
    "gpt-5.6, openai/gpt-5.6-sol",
    "openai/gpt-5.6, openai/gpt-5.6-sol",
    "claude-sonnet-4-5-20250929, anthropic/claude-sonnet-4-5",
    "claude-sonnet-4-5@20250929, anthropic/claude-sonnet-4-5",
    "anthropic/claude-haiku-4-5-20251001, anthropic/claude-haiku-4-5",
    "mistral-large-latest, mistral/mistral-large-2512",
    "groq/llama-3.3-70b-versatile, groq/llama-3.3-70b-versatile"
  })
  void findsAModelByAnyOfItsNames(String name, String expected) {
    assertThat(catalog.require(name).qualifiedId()).isEqualTo(expected);
    assertThat(catalog.find(name)).contains(catalog.require(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-5-2025-13-07",
        "gpt-5-2025-08-32",
        "gpt-5-20251399",
        "gpt-5-1999-01-01",
        "gpt-5-0807",
        "gpt-5-mini-audio",
        "-2025-08-07",
        "groq/gpt-5",
        "openai/",
        ""
      })
  void doesNotGuess(String name) {
    assertThat(catalog.find(name)).isEmpty();
  }

  @Test
  void findsWhatAProviderServesForAnotherAtItsPrices() {
    Model azure = catalog.require("azure/gpt-5-2025-08-07");

    assertThat(azure.qualifiedId()).isEqualTo("azure/gpt-5");
    assertThat(azure.prices()).isEqualTo(catalog.require("gpt-5").prices());
    assertThat(catalog.find("Azure", "gpt-5")).contains(azure);
    assertThat(catalog.find("azure", "gemini-2.5-pro")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "google, models/gemini-2.5-pro, gemini-2.5-pro",
    "google, publishers/google/models/gemini-2.5-pro, gemini-2.5-pro",
    "aws, arn:aws:bedrock:us-east-1:1:foundation-model/amazon.nova-pro-v1:0, amazon.nova-pro-v1:0"
  })
  void findsAModelByItsPath(String provider, String path, String id) {
    assertThat(catalog.find(provider, path).orElseThrow().id()).isEqualTo(id);
  }

  @Test
  void hasTheModelsOfAProviderByAnyOfItsNames() {
    assertThat(catalog.models("gemini"))
        .isNotEmpty()
        .allMatch(model -> model.provider().equals("google"))
        .isEqualTo(catalog.models("Google"));
    assertThat(catalog.models("nobody")).isEmpty();
  }

  @Test
  void findsAModelByTheNameOfItsDeployment() {
    ModelCatalog deployed =
        catalog.withDeployment("azure/our-chat", "gpt-5").withDeployment("fast", "gpt-5-mini");

    assertThat(deployed.require("azure/our-chat").prices())
        .isEqualTo(catalog.require("gpt-5").prices());
    assertThat(deployed.require("fast").qualifiedId()).isEqualTo("openai/fast");
    assertThatExceptionOfType(UnknownModelException.class)
        .isThrownBy(() -> catalog.withDeployment("azure/our-chat", "gpt-99"));
  }

  @Test
  void findsModelsByPatternsOnceNothingElseFits() {
    Model any = Model.builder("acme", "any").aliases("foo-*", "/^ba[rz]$/").build();
    Model one = Model.builder("acme", "foo-1").build();
    ModelCatalog few = ModelCatalog.of(List.of(any, one));

    assertThat(few.require("foo-1")).isSameAs(one);
    assertThat(few.require("FOO-2")).isSameAs(any);
    assertThat(few.require("acme/foo-2")).isSameAs(any);
    assertThat(few.require("baz")).isSameAs(any);
    assertThat(few.find("bat")).isEmpty();
    assertThat(few.find("acme", "bar")).contains(any);
    assertThat(few.find("other", "bar")).isEmpty();
  }

  @Test
  void takesNewPricesAndKeepsTheOtherFacts() {
    Prices dearer = Prices.of(Usd.of("9"), Usd.of("99"));
    ModelCatalog refreshed =
        catalog.refreshedFrom(
            () ->
                List.of(
                    Model.builder("openai", "gpt-5").prices(dearer).build(),
                    Model.builder("openai", "gpt-5-mini").build(),
                    Model.builder("acme", "new").build()));

    Prices now = refreshed.require("gpt-5").prices().orElseThrow();
    assertThat(now.inForce(CallTerms.at(Instant.now())).orElseThrow().rates())
        .isEqualTo(dearer.rows().get(0).rates());
    assertThat(now.rows())
        .as("and what it was")
        .hasSize(1 + catalog.require("gpt-5").prices().orElseThrow().rows().size());
    assertThat(refreshed.require("gpt-5").contextTokens())
        .isEqualTo(catalog.require("gpt-5").contextTokens());
    assertThat(refreshed.require("gpt-5-mini")).isEqualTo(catalog.require("gpt-5-mini"));
    assertThat(refreshed.models()).hasSize(catalog.models().size() + 1);
    assertThat(ModelCatalog.of(PriceSource.bundled()).models()).isEqualTo(catalog.models());
  }

  @Test
  void takesNewPricesOfAProviderThatTheSourceCallsOtherwise() {
    ModelCatalog refreshed =
        catalog.refreshedFrom(
            () ->
                List.of(
                    Model.builder("gemini", "gemini-2.5-pro")
                        .prices(Prices.of(Usd.of("9"), Usd.of("99")))
                        .build()));

    Model model = refreshed.require("google/gemini-2.5-pro");
    assertThat(refreshed.pricing().cost(model, Usage.of(1_000_000, 0)).total())
        .contains(Usd.of("9"));
    assertThat(refreshed.require("gemini-2.5-pro")).isSameAs(model);
    assertThat(refreshed.models()).hasSameSizeAs(catalog.models());
  }

  @Test
  void takesNewPricesFromTheWholeMapsOfOthers() {
    for (PriceSource source :
        List.of(
            PriceSource.liteLlm(SharedData.file("prices/litellm-2026-08-01.json")),
            PriceSource.genaiPrices(SharedData.file("prices/genai-prices-v2.json")),
            PriceSource.modelsDev(SharedData.file("prices/models-dev-2026-07-02.json")))) {
      ModelCatalog refreshed = catalog.refreshedFrom(source);

      for (Model model : catalog.models()) {
        assertThat(refreshed.find(model.qualifiedId())).as(model.qualifiedId()).isPresent();
      }
    }
  }

  @Test
  void pricesCallsAtTheTimeOfItsClock() {
    Instant later = Instant.parse("2026-09-01T00:00:00Z");
    Prices prices =
        Prices.of(Usd.of("1"), Usd.ZERO)
            .and(PriceRow.of(Rates.of(Usd.of("2"), Usd.ZERO)).from(later));
    ModelCatalog mine =
        ModelCatalog.of(List.of(Model.builder("acme", "foo").prices(prices).build()));
    Usage million = Usage.of(1_000_000, 0);

    assertThat(
            mine.at(InstantSource.fixed(later))
                .pricing()
                .cost(mine.require("foo"), million)
                .total())
        .contains(Usd.of("2"));
    assertThat(
            mine.at(InstantSource.fixed(later.minusNanos(1)))
                .pricing()
                .cost(mine.require("foo"), million)
                .total())
        .contains(Usd.of("1"));
  }

  @Test
  void findsEveryBundledModelByItsIdAndQualifiedId() {
    List<Model> models = catalog.models();
    assertThat(models).hasSizeGreaterThan(400);
    for (Model model : models) {
      assertThat(catalog.require(model.qualifiedId())).isSameAs(model);
      assertThat(catalog.find(model.provider(), model.id().toUpperCase(Locale.ROOT)))
          .containsSame(model);
      assertThat(model.aliases())
          .allSatisfy(a -> assertThat(catalog.find(model.provider(), a)).containsSame(model));
      if (models.stream().filter(other -> other.id().equalsIgnoreCase(model.id())).count() == 1
          && model.id().indexOf('/') < 0) {
        assertThat(catalog.require(model.id())).isSameAs(model);
      }
    }
  }

  @Test
  void isReadOnce() {
    assertThat(ModelCatalog.bundled()).isSameAs(catalog);
  }

  @Test
  void suggestsWhatWasPerhapsMeant() {
    assertThatExceptionOfType(UnknownModelException.class)
        .isThrownBy(() -> catalog.require("gpt5-mini"))
        .withMessage(
            "No model is called \"gpt5-mini\" among the %d of this catalog. Did you mean gpt-5-mini,"
                + " gpt-4o-mini, gpt-5.4-mini? Add your own with ModelCatalog.with(…).",
            catalog.models().size())
        .satisfies(
            e -> {
              assertThat(e.requested()).isEqualTo("gpt5-mini");
              assertThat(e.suggestions()).startsWith("gpt-5-mini").hasSizeLessThanOrEqualTo(3);
              assertThat(e.suggestions())
                  .allSatisfy(name -> assertThat(catalog.find(name)).isPresent());
              assertThat(e.retryable()).isFalse();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "sonnet, claude-sonnet-4-6",
    "claude-sonet-4-6, claude-sonnet-4-6",
    "gemini-flash, gemini-2.5-flash",
    "openai/gpt-5-mni, openai/gpt-5-mini",
    "grok-4.3-lates, grok-4.3-latest"
  })
  void suggestsByPartsAndBySpelling(String name, String suggestion) {
    assertThat(suggestions(() -> catalog.require(name))).contains(suggestion);
  }

  @Test
  void suggestsNothingForWhatIsNothingLikeAModel() {
    assertThat(suggestions(() -> catalog.require("a banana"))).isEmpty();
    assertThat(suggestions(() -> catalog.require("gpt-5".repeat(50)))).isEmpty();
    assertThatExceptionOfType(UnknownModelException.class)
        .isThrownBy(() -> catalog.require("a banana"))
        .withMessageStartingWith("No model is called \"a banana\" among the ");
  }

  @Test
  void prefersAnIdToAnAlias() {
    Model first = Model.builder("acme", "foo").build();
    Model second = Model.builder("acme", "bar").aliases("foo").build();

    assertThat(ModelCatalog.of(List.of(second, first)).require("foo")).isEqualTo(first);
  }

  @Test
  void refusesToChooseBetweenModelsOfTheSameName() {
    ModelCatalog two = catalog.with(Model.builder("azure", "gpt-5").build());

    assertThat(two.find("gpt-5")).isEmpty();
    assertThat(two.require("azure/gpt-5").provider()).isEqualTo("azure");
    assertThat(two.require("openai/gpt-5").provider()).isEqualTo("openai");
    assertThatExceptionOfType(UnknownModelException.class)
        .isThrownBy(() -> two.require("gpt-5"))
        .withMessage(
            "Model \"gpt-5\" may mean openai/gpt-5 or azure/gpt-5. Ask for one of them by that name.")
        .satisfies(e -> assertThat(e.suggestions()).containsExactly("openai/gpt-5", "azure/gpt-5"));
    assertThat(two.find("gpt-5-2025-08-07")).isEmpty();
  }

  @Test
  void refusesToChooseBetweenModelsOfTheSameAlias() {
    ModelCatalog two =
        ModelCatalog.of(
            List.of(
                Model.builder("acme", "a").aliases("best").build(),
                Model.builder("acme", "b").aliases("best").build()));

    assertThat(suggestions(() -> two.require("best"))).containsExactly("acme/a", "acme/b");
  }

  @Test
  void takesAnIdWithASlashInIt() {
    Model hosted = Model.builder("groq", "openai/gpt-oss-999b").build();

    ModelCatalog more = catalog.with(hosted);

    assertThat(more.require("openai/gpt-oss-999b")).isSameAs(hosted);
    assertThat(more.require("groq/openai/gpt-oss-999b")).isSameAs(hosted);
    assertThat(suggestions(() -> more.require("openai/gpt-oss-120b")))
        .as("two hosts have it under this name")
        .contains("groq/openai/gpt-oss-120b", "openrouter/openai/gpt-oss-120b");
    assertThat(more.require("openai/gpt-5-mini").provider())
        .as("the maker's, though a router has an id like this")
        .isEqualTo("openai");
  }

  @Test
  void letsOnesOwnRowReplaceTheBundledOne() {
    Model own =
        Model.builder("OpenAI", "gpt-5.6-sol").prices(Prices.of(Usd.of("4"), Usd.of("20"))).build();

    ModelCatalog overridden = catalog.with(own);

    assertThat(overridden.require("gpt-5.6-sol")).isSameAs(own);
    assertThat(overridden.find("gpt-5.6")).as("the alias of the row that is gone").isEmpty();
    assertThat(overridden.models()).hasSameSizeAs(catalog.models());
    assertThat(catalog.require("gpt-5.6-sol").provider()).isEqualTo("openai");
  }

  @Test
  void letsAFileOfOnesOwnReplaceAndAdd(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("own.json");
    String bundled;
    try (InputStream in = ModelCatalog.class.getResourceAsStream("models.json")) {
      bundled = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    // The bundled file is an example of the format: the same rows, one renamed and one dearer.
    Files.writeString(
        file,
        bundled
            .replace("\"gpt-4o-mini\"", "\"gpt-4o-micro\"")
            .replaceFirst("\"input_tokens\": ?\"5\"", "\"input_tokens\": \"5.01\""));

    ModelCatalog own = catalog.with(file);

    assertThat(own.models()).hasSize(catalog.models().size() + 1);
    assertThat(own.require("gpt-4o-micro").prices()).isEqualTo(own.require("gpt-4o-mini").prices());
    assertThat(own.models().stream().filter(m -> hasInputPrice(m, Usd.of("5.01")))).hasSize(1);
  }

  @Test
  void refusesAFileThatIsNotThereOrCannotBeRead(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("own.json");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> catalog.with(missing))
        .withMessage("There is no models file " + missing + ". Name one that exists.");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> catalog.with(folder))
        .withMessageStartingWith(folder + " cannot be read: ");
    Files.writeString(missing, "{\"version\": 1, \"models\": []}");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> catalog.with(missing))
        .withMessage(missing + ": version must be 2, not \"1\".");
  }

  @Test
  void canBeEmpty() {
    ModelCatalog none = ModelCatalog.of(List.of());

    assertThat(none.models()).isEmpty();
    assertThat(suggestions(() -> none.require("gpt-5"))).isEmpty();
  }

  @Test
  void countsTokensAsTheModelDoes() {
    assertThat(catalog.tokens(catalog.require("gpt-5")).count("Hello world!").exact()).isTrue();
    assertThat(catalog.tokens(catalog.require("gemini-2.5-pro")).count("Hello world!").exact())
        .isFalse();
  }

  @Test
  void pricesTheExampleOfThePackage() {
    Model model = catalog.require("gpt-5-mini");

    Cost cost = catalog.pricing().cost(model, Usage.of(12, 180));

    assertThat(cost.total()).contains(Usd.of("0.000363"));
    assertThat(cost.lines())
        .extracting(l -> l.unit() + " " + l.quantity() + " at " + l.rate().format())
        .containsExactly("input_tokens 12 at $0.25", "output_tokens 180 at $2.00");
    assertThat(cost.certainty()).isEqualTo(Certainty.EXACT);
  }

  private static boolean hasInputPrice(Model model, Usd price) {
    return model.prices().stream()
        .flatMap(prices -> prices.rows().stream())
        .anyMatch(row -> row.rates().priceOf(Unit.INPUT_TOKENS).equals(Optional.of(price)));
  }

  private static List<String> suggestions(ThrowingCallable call) {
    UnknownModelException e = catchThrowableOfType(UnknownModelException.class, call);
    return e.suggestions();
  }
}
