package ai.powertools.models;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The money fields of LiteLLM's price map. A field is the price of one of something; behind its
 * name may stand a length of input above which it holds, and a service tier.
 */
final class LiteLlmPrices {
  private static final Map<String, Unit> UNITS =
      Map.ofEntries(
          Map.entry("input_cost_per_token", Unit.INPUT_TOKENS),
          Map.entry("output_cost_per_token", Unit.OUTPUT_TOKENS),
          Map.entry("cache_read_input_token_cost", Unit.CACHE_READ_TOKENS),
          Map.entry("input_cost_per_token_cache_hit", Unit.CACHE_READ_TOKENS),
          Map.entry("cache_creation_input_token_cost", Unit.CACHE_WRITE_TOKENS),
          Map.entry("cache_creation_input_token_cost_above_1hr", Unit.CACHE_WRITE_1H_TOKENS),
          Map.entry("output_cost_per_reasoning_token", Unit.OUTPUT_REASONING_TOKENS),
          Map.entry("citation_cost_per_token", Unit.OUTPUT_CITATION_TOKENS),
          Map.entry("input_cost_per_audio_token", Unit.INPUT_AUDIO_TOKENS),
          Map.entry("output_cost_per_audio_token", Unit.OUTPUT_AUDIO_TOKENS),
          Map.entry("cache_read_input_audio_token_cost", Unit.CACHE_AUDIO_READ_TOKENS),
          Map.entry("input_cost_per_image_token", Unit.INPUT_IMAGE_TOKENS),
          Map.entry("output_cost_per_image_token", Unit.OUTPUT_IMAGE_TOKENS),
          Map.entry("output_cost_per_video_token", Unit.OUTPUT_VIDEO_TOKENS),
          Map.entry("input_cost_per_character", Unit.INPUT_CHARACTERS),
          Map.entry("output_cost_per_character", Unit.OUTPUT_CHARACTERS),
          Map.entry("input_cost_per_audio_per_second", Unit.INPUT_AUDIO_SECONDS),
          Map.entry("input_cost_per_second", Unit.INPUT_AUDIO_SECONDS),
          Map.entry("input_cost_per_video_per_second", Unit.INPUT_VIDEO_SECONDS),
          Map.entry("output_cost_per_video_per_second", Unit.OUTPUT_VIDEO_SECONDS),
          Map.entry("input_cost_per_image", Unit.INPUT_IMAGES),
          Map.entry("output_cost_per_image", Unit.OUTPUT_IMAGES),
          Map.entry("input_cost_per_pixel", Unit.INPUT_PIXELS),
          Map.entry("input_cost_per_request", Unit.REQUESTS),
          Map.entry("ocr_cost_per_page", Unit.INPUT_DOCUMENT_PAGES),
          Map.entry("annotation_cost_per_page", Unit.INPUT_ANNOTATED_DOCUMENT_PAGES),
          Map.entry("code_interpreter_cost_per_session", Unit.TOOL_SESSIONS));

  /** What is said to be the price of an image but is less than this, is that of a token of one. */
  private static final BigDecimal LEAST_OF_AN_IMAGE = new BigDecimal("0.00001");

  private static final Pattern FIELD =
      Pattern.compile(
          "(?<field>.+?)(?:_above_(?<thousands>\\d+)k_tokens)?(?:_(?<tier>batches|priority|flex))?");

  private static final String STANDARD = CallTerms.STANDARD;

  private LiteLlmPrices() {}

  /** The price rows of a model: the standard ones first, then those of each tier. */
  static List<PriceRow> rows(String place, String provider, Map<?, ?> row) {
    Map<String, ImportedRow> tiers = new LinkedHashMap<>();
    ImportedRow standard = new ImportedRow(place);
    tiers.put(STANDARD, standard);
    for (Map.Entry<?, ?> entry : row.entrySet()) {
      if (entry.getValue() instanceof BigDecimal price) {
        take(place, tiers, String.valueOf(entry.getKey()), price);
      }
    }
    seconds(row, standard);
    queries(provider, row, standard);
    lengths(row, standard);
    if (standard.isEmpty()) {
      return List.of();
    }
    List<PriceRow> rows = new ArrayList<>();
    tiers.forEach(
        (tier, prices) -> {
          if (!prices.isEmpty()) {
            Rates rates =
                tier.equals(STANDARD) ? prices.rates().orElseThrow() : prices.over(standard);
            rows.add(row(rates, tier, regions(row)));
          }
        });
    JsonTree.number(row, "provider_specific_entry.fast")
        .ifPresent(
            factor ->
                rows.add(row(standard.rates().orElseThrow().times(factor), "fast", regions(row))));
    return rows;
  }

  private static void take(
      String place, Map<String, ImportedRow> tiers, String name, BigDecimal price) {
    Matcher field = FIELD.matcher(name);
    Unit unit = field.matches() ? UNITS.get(field.group("field")) : null;
    if (unit == null) {
      return;
    }
    if (unit == Unit.INPUT_IMAGES && price.compareTo(LEAST_OF_AN_IMAGE) < 0) {
      unit = Unit.INPUT_IMAGE_TOKENS;
    }
    String tier = CallTerms.normalized(Optional.ofNullable(field.group("tier")).orElse(""));
    ImportedRow row = tiers.computeIfAbsent(tier, none -> new ImportedRow(place));
    String thousands = field.group("thousands");
    if (thousands == null) {
      row.put(unit, price, 1, name);
    } else {
      row.putAbove(Long.parseLong(thousands) * 1_000, unit, price, 1, name);
    }
  }

  /** What a second is of, depends on what the model makes. */
  private static void seconds(Map<?, ?> row, ImportedRow prices) {
    BigDecimal price = JsonTree.number(row, "output_cost_per_second").orElse(BigDecimal.ZERO);
    if (price.signum() > 0) {
      boolean video = JsonTree.text(row, "mode").filter("video_generation"::equals).isPresent();
      prices.put(
          video ? Unit.OUTPUT_VIDEO_SECONDS : Unit.OUTPUT_AUDIO_SECONDS,
          price,
          1,
          "output_cost_per_second");
    }
  }

  /** Gemini up to 2.5 charges for a prompt that was searched for, everybody else for a search. */
  private static void queries(String provider, Map<?, ?> row, ImportedRow prices) {
    String mode = JsonTree.text(row, "mode").orElse("");
    JsonTree.number(row, "input_cost_per_query")
        .filter(price -> mode.equals("rerank"))
        .ifPresent(price -> prices.put(Unit.RERANK_SEARCHES, price, 1, "input_cost_per_query"));
    String field = "search_context_cost_per_query.search_context_size_medium";
    boolean google = provider.equals("gemini") || provider.startsWith("vertex_ai-language");
    boolean byQuery = JsonTree.text(row, "web_search_billing_unit").isPresent() || !google;
    JsonTree.number(row, field)
        .ifPresent(
            price ->
                prices.put(byQuery ? Unit.WEB_SEARCHES : Unit.SEARCH_PROMPTS, price, 1, field));
    JsonTree.number(row, "file_search_cost_per_1k_calls")
        .ifPresent(
            price ->
                prices.put(Unit.STORAGE_SEARCHES, price, 1_000, "file_search_cost_per_1k_calls"));
  }

  /** Prices by ranges of the length of the input. */
  private static void lengths(Map<?, ?> row, ImportedRow prices) {
    for (Object range : JsonTree.list(row.get("tiered_pricing"))) {
      List<?> ends = JsonTree.list(JsonTree.at(range, "range"));
      long begin = !ends.isEmpty() && ends.get(0) instanceof BigDecimal n ? n.longValue() : 0;
      UNITS.forEach(
          (field, unit) ->
              JsonTree.number(range, field)
                  .ifPresent(price -> take(prices, begin, unit, price, field)));
    }
  }

  private static void take(
      ImportedRow prices, long begin, Unit unit, BigDecimal price, String field) {
    if (begin == 0) {
      prices.put(unit, price, 1, field);
    } else {
      prices.putAbove(begin, unit, price, 1, field);
    }
  }

  private static Map<String, BigDecimal> regions(Map<?, ?> row) {
    Map<String, BigDecimal> factors = new LinkedHashMap<>();
    JsonTree.number(row, "regional_processing_uplift_multiplier_eu")
        .ifPresent(factor -> factors.put("eu", factor));
    JsonTree.number(row, "regional_processing_uplift_multiplier_us")
        .or(() -> JsonTree.number(row, "provider_specific_entry.us"))
        .ifPresent(factor -> factors.put("us", factor));
    return factors;
  }

  private static PriceRow row(Rates rates, @Nullable String tier, Map<String, BigDecimal> regions) {
    return new PriceRow(
        rates,
        Optional.ofNullable(tier),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        regions,
        LocalDate.EPOCH);
  }
}
