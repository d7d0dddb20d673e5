package ai.powertools.cli;

import ai.powertools.models.CallTerms;
import ai.powertools.models.Model;
import ai.powertools.models.PriceRow;
import ai.powertools.models.Rates;
import ai.powertools.models.Score;
import ai.powertools.models.Traits;
import ai.powertools.models.Unit;
import ai.powertools.models.Usd;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A model as one JSON object. Prices are decimal strings; what is not known is not there. */
final class ModelJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ModelJson() {}

  /**
   * @param now whose prices per million tokens at standard terms stand apart from all the others
   */
  static String of(Model model, Instant now) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("model", model.qualifiedId())
        .put("provider", model.provider())
        .put("id", model.id())
        .put("name", model.name())
        .put("contextTokens", model.contextTokens())
        .put("maxOutputTokens", model.maxOutputTokens())
        .put("tokenizer", model.tokenizer().name().toLowerCase(Locale.ROOT));
    traits(json, model.traits());
    ArrayNode aliases = json.putArray("aliases");
    model.aliases().forEach(aliases::add);
    if (!model.asOf().equals(LocalDate.EPOCH)) {
      json.put("asOf", model.asOf().toString());
    }
    if (!"about".equals(model.source().getScheme())) {
      json.put("source", model.source().toString());
    }
    Optional<Rates> rates =
        model.prices().flatMap(prices -> prices.inForce(CallTerms.at(now))).map(PriceRow::rates);
    price(json, "inputPerMillion", rates, Unit.INPUT_TOKENS);
    price(json, "cachedInputPerMillion", rates, Unit.CACHE_READ_TOKENS);
    price(json, "outputPerMillion", rates, Unit.OUTPUT_TOKENS);
    model
        .prices()
        .ifPresent(
            prices -> {
              ArrayNode tiers = json.putArray("tiers");
              prices.tiers().forEach(tiers::add);
              ArrayNode rows = json.putArray("prices");
              prices.rows().forEach(row -> row(rows.addObject(), row));
            });
    return json.toString();
  }

  private static void traits(ObjectNode json, Traits traits) {
    names(json.putArray("reads"), traits.reads());
    names(json.putArray("writes"), traits.writes());
    names(json.putArray("abilities"), traits.abilities());
    traits.released().ifPresent(day -> json.put("released", day.toString()));
    traits.retired().ifPresent(day -> json.put("retired", day.toString()));
    ArrayNode scores = json.putArray("scores");
    for (Score score : traits.scores()) {
      scores
          .addObject()
          .put("task", score.task())
          .put("benchmark", score.benchmark())
          .put("value", score.value().toPlainString())
          .put("source", score.source().toString());
    }
  }

  private static void row(ObjectNode json, PriceRow row) {
    PricedCallJson.terms(json, row);
    if (!row.regions().isEmpty()) {
      ObjectNode regions = json.putObject("regions");
      row.regions().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(region -> regions.put(region.getKey(), region.getValue().toPlainString()));
    }
    rates(json.putObject("rates"), row.rates().prices());
    if (!row.rates().steps().isEmpty()) {
      ArrayNode steps = json.putArray("longContext");
      for (Rates.Step step : row.rates().steps()) {
        ObjectNode longer = steps.addObject();
        longer.put(step.inclusive() ? "from" : "above", step.tokens());
        if (step.marginal()) {
          longer.put("marginal", true);
        }
        rates(longer.putObject("rates"), step.prices());
      }
    }
  }

  private static void rates(ObjectNode json, Map<Unit, Usd> prices) {
    prices.forEach((unit, price) -> json.put(unit.key(), price.toString()));
  }

  private static void price(ObjectNode json, String name, Optional<Rates> rates, Unit unit) {
    rates
        .flatMap(known -> known.priceOf(unit))
        .map(Usd::toString)
        .ifPresent(price -> json.put(name, price));
  }

  private static void names(ArrayNode json, Collection<? extends Enum<?>> some) {
    some.forEach(one -> json.add(one.name().toLowerCase(Locale.ROOT)));
  }
}
