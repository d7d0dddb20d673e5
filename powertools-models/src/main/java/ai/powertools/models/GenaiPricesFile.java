package ai.powertools.models;

import ai.powertools.core.ConfigurationException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data file of pydantic's genai-prices: providers with models, each with a rule of which
 * names mean it, and prices that may depend on the length of the input, the date or the hour. It
 * tells no service tiers apart.
 */
final class GenaiPricesFile implements PriceSource {
  private static final Map<String, Unit> BY_PRICE_KEY = priceKeys();

  private final Path file;

  GenaiPricesFile(Path file) {
    this.file = file;
  }

  /** A name means the first model whose rule it fits, and none other. */
  @Override
  public boolean namesByAliasOnly() {
    return true;
  }

  @Override
  public List<Model> models() {
    Object json = Imports.json(file);
    List<?> providers = JsonTree.list(json instanceof Map<?, ?> map ? map.get("providers") : json);
    if (providers.isEmpty() || JsonTree.text(providers.get(0), "id").isEmpty()) {
      throw Imports.notOfThisKind(file, "the list of providers of genai-prices' data file");
    }
    List<Model> models = new ArrayList<>();
    for (Object provider : providers) {
      String name = JsonTree.text(provider, "id").orElse("");
      for (Object row : JsonTree.list(JsonTree.at(provider, "models"))) {
        models.add(model(name, row));
      }
    }
    return models;
  }

  private Model model(String provider, @Nullable Object row) {
    String id = JsonTree.text(row, "id").orElse("");
    String place = "%s, %s/%s".formatted(file, provider, id);
    try {
      Model.Builder model =
          Model.builder(provider, id)
              .name(JsonTree.text(row, "name").map(String::strip).orElse(id))
              .tokenizer(Imports.tokenizer(id))
              .aliases(aliases(place, JsonTree.at(row, "match")).toArray(String[]::new));
      Imports.limits(model, Imports.whole(row, "context_window"), 0);
      List<PriceRow> rows = rows(place, JsonTree.at(row, "prices"));
      if (!rows.isEmpty()) {
        model.prices(new Prices(rows));
      }
      return model.build();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(place + ": " + e.getMessage(), e);
    }
  }

  /** The rule of which names mean the model, as patterns of names. */
  private static List<String> aliases(String place, @Nullable Object match) {
    List<String> names = new ArrayList<>();
    Map<?, ?> clause = JsonTree.object(match);
    if (clause == null || clause.size() != 1) {
      throw new ConfigurationException(place + ": match must have one clause.");
    }
    String kind = String.valueOf(clause.keySet().iterator().next());
    Object value = clause.get(kind);
    if (kind.equals("or")) {
      for (Object one : JsonTree.list(value)) {
        names.addAll(aliases(place, one));
      }
      return names;
    }
    String text = String.valueOf(value);
    switch (kind) {
      case "equals" -> names.add(text);
      case "starts_with" -> names.add(text + "*");
      case "ends_with" -> names.add("*" + text);
      case "contains" -> names.add("*" + text + "*");
      case "regex" -> names.add("/" + text + "/");
      default -> throw new ConfigurationException(place + ": there is no match by " + kind + ".");
    }
    return names;
  }

  private static List<PriceRow> rows(String place, @Nullable Object prices) {
    List<PriceRow> rows = new ArrayList<>();
    if (prices instanceof Map<?, ?>) {
      rates(place, prices).ifPresent(rates -> rows.add(anyTier(rates, null)));
    }
    for (Object conditional : JsonTree.list(prices)) {
      rates(place, JsonTree.at(conditional, "prices"))
          .ifPresent(rates -> rows.add(anyTier(rates, JsonTree.at(conditional, "constraint"))));
    }
    return rows;
  }

  private static PriceRow anyTier(Rates rates, @Nullable Object constraint) {
    try {
      Optional<Instant> from =
          JsonTree.text(constraint, "start_date")
              .map(day -> LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant());
      Optional<PriceRow.Hours> hours =
          JsonTree.text(constraint, "start_time")
              .map(
                  begin ->
                      new PriceRow.Hours(
                          utc(begin), utc(JsonTree.text(constraint, "end_time").orElse(begin))));
      return new PriceRow(
          rates, Optional.empty(), from, Optional.empty(), hours, Map.of(), LocalDate.EPOCH);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a constraint is no date or time: " + constraint, e);
    }
  }

  private static LocalTime utc(String time) {
    return OffsetTime.parse(time).withOffsetSameInstant(ZoneOffset.UTC).toLocalTime();
  }

  private static Optional<Rates> rates(String place, @Nullable Object prices) {
    ImportedRow row = new ImportedRow(place);
    Map<?, ?> fields = JsonTree.object(prices);
    for (Map.Entry<?, ?> field : fields == null ? Map.of().entrySet() : fields.entrySet()) {
      String key = String.valueOf(field.getKey());
      Unit unit = BY_PRICE_KEY.get(key);
      if (unit == null) {
        throw new ConfigurationException(
            "%s: there is no unit for the price %s.".formatted(place, key));
      }
      if (field.getValue() instanceof BigDecimal price) {
        row.put(unit, price, unit.per(), key);
      } else {
        JsonTree.number(field.getValue(), "base")
            .ifPresent(price -> row.put(unit, price, unit.per(), key));
        for (Object tier : JsonTree.list(JsonTree.at(field.getValue(), "tiers"))) {
          JsonTree.number(tier, "price")
              .ifPresent(
                  price ->
                      row.putAbove(Imports.whole(tier, "start"), unit, price, unit.per(), key));
        }
      }
    }
    return row.rates();
  }

  /** A price is called as its unit, with what it is per in place of what is counted. */
  private static Map<String, Unit> priceKeys() {
    Map<String, Unit> keys = new HashMap<>();
    for (Unit unit : Unit.values()) {
      String key = unit.key();
      keys.put(
          key.replace("_tokens", "_mtok")
              .replace("input_characters", "input_mchars")
              .replace("_seconds", "_hours")
              .replace("_pixels", "_gpixels")
              .replace("_pages", "_kpages")
              .replace("_messages", "_messages_kcount")
              .replace("_searches", "_searches_kcount")
              .replace("_executions", "_executions_kcount")
              .replace("requests", "requests_kcount"),
          unit);
    }
    return keys;
  }
}
