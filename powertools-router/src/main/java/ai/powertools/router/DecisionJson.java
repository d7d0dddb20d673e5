package ai.powertools.router;

import ai.powertools.models.Unit;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.router.quality.Prediction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Decisions as JSON, and back. What is not known is left out. */
final class DecisionJson {
  private static final int VERSION = 1;

  private DecisionJson() {}

  static ObjectNode write(RoutingDecision decision) {
    ObjectNode json = JsonText.MAPPER.createObjectNode();
    json.put("version", VERSION);
    json.put("strategy", decision.strategy());
    json.put("facts", decision.facts());
    RoutingInputs inputs = decision.inputs();
    json.put("task", inputs.task());
    inputs.complexity().ifPresent(value -> json.put("complexity", value));
    inputs.prediction().ifPresent(said -> prediction(json.putObject("prediction"), said));
    inputs.key().ifPresent(key -> json.put("key", key));
    json.put("seed", inputs.seed());
    json.put("turn", inputs.turn());
    json.put("exploring", inputs.exploring());
    ArrayNode offers = json.putArray("offers");
    inputs.offers().forEach(offer -> OfferJson.write(offers.addObject(), offer));
    refusals(json.putArray("unable"), inputs.refused());
    json.put("measure", decision.ranking().measure());
    ArrayNode ranking = json.putArray("ranking");
    for (Ranking.Ranked ranked : decision.ranking().order()) {
      ObjectNode place = ranking.addObject().put("model", ranked.offer().label());
      OfferJson.put(place, "score", ranked.score());
    }
    refusals(json.putArray("refused"), decision.refused());
    ArrayNode tried = json.putArray("tried");
    decision.tried().forEach(attempt -> tried(tried.addObject(), attempt));
    decision.chosen().ifPresent(offer -> json.put("chosen", offer.label()));
    ArrayNode notes = json.putArray("notes");
    decision.notes().forEach(notes::add);
    return json;
  }

  static RoutingDecision read(String text) {
    JsonNode json;
    try {
      json = JsonText.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The record of a decision is no JSON: " + e.getOriginalMessage(), e);
    }
    if (json.path("version").asInt() != VERSION) {
      throw new IllegalArgumentException(
          "The record of a decision is of version %s; this reads version %d."
              .formatted(json.path("version"), VERSION));
    }
    List<Offer> offers = new ArrayList<>();
    Map<String, Offer> byLabel = new HashMap<>();
    for (JsonNode offer : OfferJson.array(json, "offers")) {
      Offer read = OfferJson.read(offer);
      offers.add(read);
      byLabel.put(read.label(), read);
    }
    RoutingInputs inputs =
        new RoutingInputs(
            OfferJson.text(json, "task"),
            json.has("complexity")
                ? OptionalDouble.of(OfferJson.number(json, "complexity"))
                : OptionalDouble.empty(),
            json.has("prediction")
                ? Optional.of(prediction(json.get("prediction")))
                : Optional.empty(),
            json.has("key") ? OptionalLong.of(OfferJson.whole(json, "key")) : OptionalLong.empty(),
            OfferJson.whole(json, "seed"),
            OfferJson.whole(json, "turn"),
            json.path("exploring").asBoolean(),
            offers,
            refusals(json, "unable"));
    List<Ranking.Ranked> order = new ArrayList<>();
    for (JsonNode place : OfferJson.array(json, "ranking")) {
      Offer offer = known(byLabel, OfferJson.text(place, "model"));
      order.add(new Ranking.Ranked(offer, OfferJson.orNaN(place, "score")));
    }
    List<RoutingDecision.Tried> tried = new ArrayList<>();
    OfferJson.array(json, "tried").forEach(attempt -> tried.add(tried(attempt)));
    List<String> notes = new ArrayList<>();
    OfferJson.array(json, "notes").forEach(note -> notes.add(note.asText()));
    return new RoutingDecision(
        OfferJson.text(json, "strategy"),
        OfferJson.text(json, "facts"),
        inputs,
        new Ranking(OfferJson.text(json, "measure"), order),
        refusals(json, "refused"),
        tried,
        json.has("chosen")
            ? Optional.of(known(byLabel, OfferJson.text(json, "chosen")))
            : Optional.empty(),
        notes);
  }

  private static Offer known(Map<String, Offer> byLabel, String label) {
    Offer offer = byLabel.get(label);
    if (offer == null) {
      throw new IllegalArgumentException(
          "The record of a decision ranks %s, of which it has no offer.".formatted(label));
    }
    return offer;
  }

  private static void prediction(ObjectNode json, Prediction said) {
    json.put("weak", said.weak());
    json.put("strong", said.strong());
    json.put("familiarity", said.familiarity());
  }

  private static Prediction prediction(JsonNode json) {
    return new Prediction(
        OfferJson.number(json, "weak"),
        OfferJson.number(json, "strong"),
        OfferJson.number(json, "familiarity"));
  }

  private static void refusals(ArrayNode json, List<Refusal> refused) {
    for (Refusal refusal : refused) {
      json.addObject().put("model", refusal.label()).put("reason", refusal.reason());
    }
  }

  private static List<Refusal> refusals(JsonNode json, String field) {
    List<Refusal> refused = new ArrayList<>();
    for (JsonNode refusal : OfferJson.array(json, field)) {
      refused.add(new Refusal(OfferJson.text(refusal, "model"), OfferJson.text(refusal, "reason")));
    }
    return refused;
  }

  private static void tried(ObjectNode json, RoutingDecision.Tried attempt) {
    json.put("model", attempt.label());
    json.put("role", attempt.role().name());
    attempt.error().ifPresent(error -> json.put("error", error));
    attempt
        .usage()
        .ifPresent(
            usage -> {
              ObjectNode used = json.putObject("usage");
              usage.quantities().forEach((unit, quantity) -> used.put(unit.key(), quantity));
            });
    attempt.cost().ifPresent(cost -> json.put("cost", cost.toBigDecimal().toPlainString()));
    json.put("nanos", attempt.duration().toNanos());
  }

  private static RoutingDecision.Tried tried(JsonNode json) {
    return new RoutingDecision.Tried(
        OfferJson.text(json, "model"),
        role(OfferJson.text(json, "role")),
        json.has("error") ? Optional.of(OfferJson.text(json, "error")) : Optional.empty(),
        json.has("usage") ? Optional.of(usage(json.get("usage"))) : Optional.empty(),
        json.has("cost") ? Optional.of(Usd.of(OfferJson.text(json, "cost"))) : Optional.empty(),
        Duration.ofNanos(OfferJson.whole(json, "nanos")));
  }

  private static RoutingDecision.Role role(String name) {
    for (RoutingDecision.Role role : RoutingDecision.Role.values()) {
      if (role.name().equals(name)) {
        return role;
      }
    }
    throw new IllegalArgumentException("A record of a decision has no role " + name + ".");
  }

  private static Usage usage(JsonNode json) {
    Map<Unit, Long> quantities = new EnumMap<>(Unit.class);
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      Unit.of(field.getKey()).ifPresent(unit -> quantities.put(unit, field.getValue().asLong()));
    }
    return Usage.of(quantities);
  }
}
