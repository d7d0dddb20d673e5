package ai.powertools.cli;

import ai.powertools.models.Cost;
import ai.powertools.models.CostLine;
import ai.powertools.models.Model;
import ai.powertools.models.PriceRow;
import ai.powertools.models.PricedCall;
import ai.powertools.models.Usd;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Priced calls as JSON, one object a row. Amounts are decimal strings; unknown ones are not there.
 */
final class PricedCallJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private PricedCallJson() {}

  static String of(long row, RecordedCall call, PricedCall priced) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("row", row).put("provider", call.provider()).put("api", call.api());
    charges(json, priced);
    priced.vendorCost().map(Usd::toString).ifPresent(cost -> json.put("vendorCost", cost));
    if (!priced.iterations().isEmpty()) {
      ArrayNode iterations = json.putArray("iterations");
      priced.iterations().forEach(iteration -> charges(iterations.addObject(), iteration));
      priced.whole().total().map(Usd::toString).ifPresent(whole -> json.put("billed", whole));
    }
    return json.toString();
  }

  static String error(long row, String why) {
    return MAPPER.createObjectNode().put("row", row).put("error", why).toString();
  }

  private static void charges(ObjectNode json, PricedCall priced) {
    priced.model().map(Model::qualifiedId).ifPresent(model -> json.put("model", model));
    ObjectNode usage = json.putObject("usage");
    priced.usage().quantities().forEach((unit, quantity) -> usage.put(unit.key(), quantity));
    Cost cost = priced.cost();
    ArrayNode lines = json.putArray("lines");
    cost.lines().forEach(line -> line(lines.addObject(), line));
    cost.total().map(Usd::toString).ifPresent(total -> json.put("total", total));
    json.put("certainty", cost.certainty().name().toLowerCase(Locale.ROOT));
    cost.reason().ifPresent(reason -> json.put("reason", reason));
  }

  private static void line(ObjectNode json, CostLine line) {
    json.put("unit", line.unit())
        .put("quantity", line.quantity())
        .put("rate", line.rate().toString())
        .put("per", line.per())
        .put("amount", line.amount().toString());
    line.priceRow().ifPresent(row -> terms(json.putObject("priceRow"), row));
  }

  /** Under which terms a price applies; what does not limit it is not there. */
  static void terms(ObjectNode json, PriceRow row) {
    row.tier().ifPresent(tier -> json.put("tier", tier));
    row.from().ifPresent(from -> json.put("from", from.toString()));
    row.until().ifPresent(until -> json.put("until", until.toString()));
    row.hours().ifPresent(hours -> json.put("hours", hours.toString()));
    if (!row.recorded().equals(LocalDate.EPOCH)) {
      json.put("recorded", row.recorded().toString());
    }
    row.superseded().ifPresent(day -> json.put("superseded", day.toString()));
  }
}
