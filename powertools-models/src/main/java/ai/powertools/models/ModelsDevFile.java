package ai.powertools.models;

import ai.powertools.core.ConfigurationException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the facts of models.dev: providers with models; a model may build on one of the makers'
 * catalog and say only what is different. Prices are per million tokens, at standard terms.
 */
final class ModelsDevFile {
  private static final long MILLION = 1_000_000;

  private static final Map<String, Unit> UNITS =
      Map.of(
          "input", Unit.INPUT_TOKENS,
          "output", Unit.OUTPUT_TOKENS,
          "cache_read", Unit.CACHE_READ_TOKENS,
          "cached_input", Unit.CACHE_READ_TOKENS,
          "cache_write", Unit.CACHE_WRITE_TOKENS,
          "cached_write", Unit.CACHE_WRITE_TOKENS,
          "input_audio", Unit.INPUT_AUDIO_TOKENS,
          "output_audio", Unit.OUTPUT_AUDIO_TOKENS,
          "reasoning", Unit.OUTPUT_REASONING_TOKENS,
          "citation", Unit.OUTPUT_CITATION_TOKENS);

  private final Path file;
  private final @Nullable Map<?, ?> makers;

  private ModelsDevFile(Path file, @Nullable Map<?, ?> makers) {
    this.file = file;
    this.makers = makers;
  }

  static List<Model> read(Path file) {
    Map<?, ?> json = JsonTree.object(Imports.json(file));
    boolean wrapped = json != null && json.get("providers") instanceof Map<?, ?>;
    Map<?, ?> providers = wrapped ? JsonTree.object(JsonTree.at(json, "providers")) : json;
    if (providers == null
        || providers.values().stream().noneMatch(p -> JsonTree.at(p, "models") instanceof Map)) {
      throw Imports.notOfThisKind(file, "the api.json of models.dev, providers with their models");
    }
    ModelsDevFile reader =
        new ModelsDevFile(file, wrapped ? JsonTree.object(JsonTree.at(json, "models")) : null);
    List<Model> models = new ArrayList<>();
    for (Map.Entry<?, ?> provider : providers.entrySet()) {
      Map<?, ?> rows = JsonTree.object(JsonTree.at(provider.getValue(), "models"));
      for (Map.Entry<?, ?> row : rows == null ? Map.of().entrySet() : rows.entrySet()) {
        models.add(
            reader.model(
                String.valueOf(provider.getKey()),
                String.valueOf(row.getKey()),
                withBase(row.getValue(), reader.makers)));
      }
    }
    return models;
  }

  private Model model(String provider, String id, Map<?, ?> row) {
    String place = "%s, %s/%s".formatted(file, provider, id);
    try {
      Model.Builder model =
          Model.builder(provider, id)
              .name(JsonTree.text(row, "name").map(String::strip).orElse(id))
              .tokenizer(Imports.tokenizer(id))
              .traits(traits(row));
      Imports.limits(
          model, Imports.whole(row, "limit.context"), Imports.whole(row, "limit.output"));
      prices(place, row).ifPresent(model::prices);
      return model.build();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(place + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Prices> prices(String place, Map<?, ?> row) {
    ImportedRow prices = new ImportedRow(place);
    UNITS.forEach(
        (field, unit) ->
            JsonTree.number(row, "cost." + field)
                .ifPresent(price -> prices.put(unit, price, MILLION, field)));
    for (Object tier : JsonTree.list(JsonTree.at(row, "cost.tiers"))) {
      long above = Imports.whole(tier, "tier.size");
      UNITS.forEach(
          (field, unit) ->
              JsonTree.number(tier, field)
                  .ifPresent(price -> prices.putAbove(above, unit, price, MILLION, field)));
    }
    JsonTree.number(row, "cost.request")
        .ifPresent(price -> prices.put(Unit.REQUESTS, price, 1, "request"));
    return prices.rates().map(Prices::of);
  }

  static Traits traits(Map<?, ?> row) {
    Set<Ability> abilities = EnumSet.of(Ability.STREAMING);
    add(abilities, row, "tool_call", Ability.TOOLS);
    add(abilities, row, "structured_output", Ability.STRUCTURED_OUTPUT);
    add(abilities, row, "reasoning", Ability.REASONING);
    if (JsonTree.at(row, "cost.cache_read") instanceof BigDecimal) {
      abilities.add(Ability.CACHING);
    }
    return new Traits(
        modalities(row, "input"),
        modalities(row, "output"),
        abilities,
        JsonTree.text(row, "release_date").flatMap(ModelsDevFile::day),
        Optional.empty(),
        List.of());
  }

  private static void add(Set<Ability> abilities, Map<?, ?> row, String field, Ability ability) {
    if (Boolean.TRUE.equals(row.get(field))) {
      abilities.add(ability);
    }
  }

  private static Set<Modality> modalities(Map<?, ?> row, String direction) {
    Set<Modality> found = EnumSet.noneOf(Modality.class);
    for (Object name : JsonTree.list(JsonTree.at(row, "modalities." + direction))) {
      switch (String.valueOf(name)) {
        case "text" -> found.add(Modality.TEXT);
        case "image" -> found.add(Modality.IMAGE);
        case "audio" -> found.add(Modality.AUDIO);
        case "video" -> found.add(Modality.VIDEO);
        case "pdf" -> found.add(Modality.DOCUMENT);
        default -> {}
      }
    }
    return found.isEmpty() ? Set.of(Modality.TEXT) : found;
  }

  /** Some dates are months only, and some can't be; neither is a day. */
  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The row with what it leaves to the maker's. */
  static Map<?, ?> withBase(@Nullable Object row, @Nullable Map<?, ?> makers) {
    Map<Object, @Nullable Object> all = new LinkedHashMap<>();
    String base = JsonTree.text(row, "base_model").orElse("");
    if (makers != null && makers.get(base) instanceof Map<?, ?> maker) {
      all.putAll(maker);
      for (Object left : JsonTree.list(JsonTree.at(row, "base_model_omit"))) {
        all.remove(left);
      }
    }
    if (row instanceof Map<?, ?> own) {
      own.forEach((name, value) -> all.merge(name, value, ModelsDevFile::over));
    }
    return all;
  }

  /** An object may say only some of what the maker's says, such as one limit of two. */
  private static Object over(Object maker, Object own) {
    if (maker instanceof Map<?, ?> theirs && own instanceof Map<?, ?> ours) {
      Map<Object, @Nullable Object> both = new LinkedHashMap<>(theirs);
      both.putAll(ours);
      return both;
    }
    return own;
  }
}
