package ai.powertools.models;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One of the price maps that the catalog is made from, in the order in which they are believed. */
enum CatalogSource {
  LITELLM("LiteLLM", "litellm-2026-08-01.json", LocalDate.of(2026, 8, 1)),
  GENAI("genai-prices", "genai-prices-v2.json", LocalDate.of(2026, 7, 2)),
  MODELS_DEV("models.dev", "models-dev-2026-07-02.json", LocalDate.of(2026, 7, 2));

  private final String title;
  private final String file;
  private final LocalDate date;

  CatalogSource(String title, String file, LocalDate date) {
    this.title = title;
    this.file = file;
    this.date = date;
  }

  String title() {
    return title;
  }

  /** The day of the file; genai-prices has none and counts as old as the oldest. */
  LocalDate date() {
    return date;
  }

  /** All models, in the order of the file. */
  List<Model> models() {
    Path path = SharedData.file("prices/" + file);
    PriceSource source =
        switch (this) {
          case LITELLM -> PriceSource.liteLlm(path);
          case GENAI -> PriceSource.genaiPrices(path);
          case MODELS_DEV -> PriceSource.modelsDev(path);
        };
    return source.models();
  }

  /** The rows of the file, by name or by provider. */
  Map<?, ?> json() {
    Object json = SharedData.json("prices/" + file);
    return JsonTree.object(JsonTree.at(json, this == MODELS_DEV ? "providers" : ""));
  }

  /** What one source says of one model: as it was imported, and as it stands in the file. */
  record Quote(Model model, Map<?, ?> raw) {
    /** A limit that the source states, 0 when it states none. */
    long limit(String... paths) {
      for (String path : paths) {
        long limit = Imports.whole(raw, path);
        if (limit > 0) {
          return limit;
        }
      }
      return 0;
    }
  }

  /** The quotes of a source that names models, by provider and then by id in lower case. */
  static Map<String, Map<String, Quote>> byName(CatalogSource source) {
    Map<String, Map<String, Quote>> all = new LinkedHashMap<>();
    Map<?, ?> json = source.json();
    Map<?, ?> makers = source == MODELS_DEV ? makers() : null;
    for (Model model : source.models()) {
      Object raw =
          source == LITELLM
              ? json.get(model.aliases().get(0))
              : ModelsDevFile.withBase(
                  JsonTree.object(JsonTree.object(json.get(model.provider())).get("models"))
                      .get(model.id()),
                  makers);
      all.computeIfAbsent(model.provider(), none -> new LinkedHashMap<>())
          .putIfAbsent(model.id().toLowerCase(Locale.ROOT), new Quote(model, JsonTree.object(raw)));
    }
    return all;
  }

  /** models.dev's catalog of makers' models, on which the models of providers build. */
  static Map<?, ?> makers() {
    return JsonTree.object(JsonTree.at(SharedData.json("prices/" + MODELS_DEV.file), "models"));
  }

  /** The rules of genai-prices, of which the first that fits a name holds. */
  static final class Rules {
    private final Map<String, List<NamePattern>> byProvider = new LinkedHashMap<>();

    Rules() {
      for (Model model : GENAI.models()) {
        List<NamePattern> patterns =
            byProvider.computeIfAbsent(model.provider(), none -> new ArrayList<>());
        model
            .aliases()
            .forEach(alias -> patterns.add(new NamePattern(CatalogEntry.of(model), alias)));
      }
    }

    /** The context that the source states; 0 for the one that the importer puts in its place. */
    private static BigDecimal contexts(NamePattern pattern) {
      long context = pattern.model().model().contextTokens();
      return BigDecimal.valueOf(context == CatalogFacts.USUAL_CONTEXT ? 0 : context);
    }

    Optional<Quote> find(String provider, String id) {
      return byProvider.getOrDefault(provider, List.of()).stream()
          .filter(pattern -> pattern.matches(id.toLowerCase(Locale.ROOT)))
          .map(
              pattern ->
                  new Quote(pattern.model().model(), Map.of("context_window", contexts(pattern))))
          .findFirst();
    }
  }
}
