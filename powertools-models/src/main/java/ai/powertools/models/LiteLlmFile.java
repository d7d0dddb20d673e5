package ai.powertools.models;

import ai.powertools.core.ConfigurationException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads LiteLLM's price map: an object with a field for each model, whose prices are dollars per
 * token, per second or per piece.
 *
 * <p>A model with a price that can't be right is taken without prices, as unknown; when there are
 * many of these, the map is refused.
 */
final class LiteLlmFile {
  private static final String EXAMPLE = "sample_spec";

  /** One row in so many may have an absurd price: the map is large, and a few of its always do. */
  private static final int ROWS_PER_SLIP = 50;

  private LiteLlmFile() {}

  static List<Model> read(Path file) {
    Map<?, ?> json = JsonTree.object(Imports.json(file));
    if (json == null
        || json.values().stream()
            .noneMatch(row -> JsonTree.text(row, "litellm_provider").isPresent())) {
      throw Imports.notOfThisKind(file, "LiteLLM's map of models to their prices");
    }
    List<Model> models = new ArrayList<>();
    List<ConfigurationException> slips = new ArrayList<>();
    for (Map.Entry<?, ?> entry : json.entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (entry.getValue() instanceof Map<?, ?> row && !name.equals(EXAMPLE)) {
        models.add(model(file + ", " + name, name, row, slips));
      }
    }
    if (slips.size() * ROWS_PER_SLIP > models.size()) {
      throw slips.get(0);
    }
    return models;
  }

  private static Model model(
      String place, String name, Map<?, ?> row, List<ConfigurationException> slips) {
    String provider = JsonTree.text(row, "litellm_provider").orElse("unknown");
    try {
      Model.Builder model =
          Model.builder(provider, idOf(name, provider))
              .tokenizer(Imports.tokenizer(name))
              .aliases(name)
              .traits(traits(row));
      Imports.limits(
          model, Imports.whole(row, "max_input_tokens"), Imports.whole(row, "max_output_tokens"));
      List<PriceRow> rows = rows(place, provider, row, slips);
      if (!rows.isEmpty()) {
        model.prices(new Prices(rows));
      }
      return model.build();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(place + ": " + e.getMessage(), e);
    }
  }

  /** The prices of a row; none when one of them is absurd, for then they are not known. */
  private static List<PriceRow> rows(
      String place, String provider, Map<?, ?> row, List<ConfigurationException> slips) {
    try {
      return LiteLlmPrices.rows(place, provider, row);
    } catch (ConfigurationException e) {
      slips.add(e);
      return List.of();
    }
  }

  /** Many names have the provider before them, which the provider's API does not take. */
  private static String idOf(String name, String provider) {
    return name.startsWith(provider + "/") ? name.substring(provider.length() + 1) : name;
  }

  private static Traits traits(Map<?, ?> row) {
    Set<Modality> reads = EnumSet.of(Modality.TEXT);
    add(reads, row, "supports_vision", Modality.IMAGE);
    add(reads, row, "supports_audio_input", Modality.AUDIO);
    add(reads, row, "supports_video_input", Modality.VIDEO);
    add(reads, row, "supports_pdf_input", Modality.DOCUMENT);
    String mode = JsonTree.text(row, "mode").orElse("chat");
    Set<Modality> writes = EnumSet.noneOf(Modality.class);
    switch (mode) {
      case "image_generation", "image_edit" -> writes.add(Modality.IMAGE);
      case "video_generation" -> writes.add(Modality.VIDEO);
      case "audio_speech" -> writes.add(Modality.AUDIO);
      case "audio_transcription" -> {
        reads.add(Modality.AUDIO);
        writes.add(Modality.TEXT);
      }
      default -> writes.add(Modality.TEXT);
    }
    add(writes, row, "supports_audio_output", Modality.AUDIO);
    Set<Ability> abilities = EnumSet.noneOf(Ability.class);
    add(abilities, row, "supports_function_calling", Ability.TOOLS);
    add(abilities, row, "supports_response_schema", Ability.STRUCTURED_OUTPUT);
    add(abilities, row, "supports_reasoning", Ability.REASONING);
    add(abilities, row, "supports_prompt_caching", Ability.CACHING);
    add(abilities, row, "supports_web_search", Ability.WEB_SEARCH);
    if (mode.equals("chat") || mode.equals("responses")) {
      abilities.add(Ability.STREAMING);
    }
    if (mode.equals("embedding")) {
      abilities.add(Ability.EMBEDDING);
    }
    return new Traits(reads, writes, abilities, Optional.empty(), retirement(row), List.of());
  }

  private static <E> void add(Set<E> some, Map<?, ?> row, String field, E one) {
    if (Boolean.TRUE.equals(row.get(field))) {
      some.add(one);
    }
  }

  private static Optional<LocalDate> retirement(Map<?, ?> row) {
    try {
      return JsonTree.text(row, "deprecation_date").map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
