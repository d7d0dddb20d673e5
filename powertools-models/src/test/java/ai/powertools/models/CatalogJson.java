package ai.powertools.models;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a models file, one model to a line. */
final class CatalogJson {
  private CatalogJson() {}

  static String file(List<Model> models) {
    return models.stream()
        .map(CatalogJson::model)
        .collect(
            Collectors.joining(
                ",\n",
                "{\"$schema\": \"models.schema.json\", \"version\": 2, \"models\": [\n",
                "\n]}\n"));
  }

  static String model(Model model) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", text(model.id()));
    fields.put("provider", text(model.provider()));
    fields.put("name", text(model.name()));
    fields.put("contextTokens", String.valueOf(model.contextTokens()));
    fields.put("maxOutputTokens", String.valueOf(model.maxOutputTokens()));
    fields.put("tokenizer", constant(model.tokenizer()));
    if (!model.aliases().isEmpty()) {
      fields.put("aliases", list(model.aliases().stream().map(CatalogJson::text).toList()));
    }
    fields.put("asOf", text(model.asOf().toString()));
    fields.put("source", text(model.source().toString()));
    Traits traits = model.traits();
    put(fields, "reads", traits.reads(), Traits.TEXT_ONLY.reads());
    put(fields, "writes", traits.writes(), Traits.TEXT_ONLY.writes());
    put(fields, "abilities", traits.abilities(), Set.of());
    traits.released().ifPresent(day -> fields.put("released", text(day.toString())));
    traits.retired().ifPresent(day -> fields.put("retired", text(day.toString())));
    model
        .prices()
        .ifPresent(
            prices ->
                fields.put("prices", list(prices.rows().stream().map(CatalogJson::row).toList())));
    if (!traits.scores().isEmpty()) {
      fields.put("scores", list(traits.scores().stream().map(CatalogJson::score).toList()));
    }
    return object(fields);
  }

  private static String row(PriceRow row) {
    Map<String, String> fields = new LinkedHashMap<>();
    String tier = row.tier().orElse("any");
    if (!tier.equals(CallTerms.STANDARD)) {
      fields.put("tier", text(tier));
    }
    row.from().ifPresent(moment -> fields.put("from", moment(moment)));
    row.until().ifPresent(moment -> fields.put("until", moment(moment)));
    row.hours().ifPresent(h -> fields.put("hoursUtc", text(h.begin() + "-" + h.end())));
    fields.put("rates", rates(row.rates().prices()));
    if (!row.rates().steps().isEmpty()) {
      fields.put(
          "longContext",
          list(
              row.rates().steps().stream()
                  .map(s -> "{\"above\":" + s.tokens() + ",\"rates\":" + rates(s.prices()) + "}")
                  .toList()));
    }
    if (!row.regions().isEmpty()) {
      Map<String, String> factors = new LinkedHashMap<>();
      new TreeMap<>(row.regions())
          .forEach((region, factor) -> factors.put(region, text(factor.toPlainString())));
      fields.put("regions", object(factors));
    }
    return object(fields);
  }

  private static String rates(Map<Unit, Usd> prices) {
    Map<String, String> rates = new LinkedHashMap<>();
    prices.forEach((unit, price) -> rates.put(unit.key(), text(plain(price))));
    return object(rates);
  }

  static String plain(Usd price) {
    return Quotes.rounded(price).toPlainString();
  }

  private static String score(Score score) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("task", text(score.task()));
    fields.put("benchmark", text(score.benchmark()));
    fields.put("value", text(score.value().toPlainString()));
    fields.put("source", text(score.source().toString()));
    return object(fields);
  }

  private static String moment(Instant moment) {
    boolean midnight = LocalTime.ofInstant(moment, ZoneOffset.UTC).equals(LocalTime.MIDNIGHT);
    return text(
        midnight ? LocalDate.ofInstant(moment, ZoneOffset.UTC).toString() : moment.toString());
  }

  private static void put(
      Map<String, String> fields, String name, Set<? extends Enum<?>> some, Set<?> usual) {
    if (!some.equals(usual)) {
      fields.put(name, list(some.stream().map(CatalogJson::constant).toList()));
    }
  }

  private static String constant(Enum<?> constant) {
    return text(constant.name().toLowerCase(Locale.ROOT));
  }

  private static String list(Collection<String> elements) {
    return "[" + String.join(",", elements) + "]";
  }

  private static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> text(field.getKey()) + ":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String text(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
