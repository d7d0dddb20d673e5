package ai.powertools.router;

import ai.powertools.models.Usd;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** Offers as JSON, and back; and the fields that all records have. */
final class OfferJson {
  private OfferJson() {}

  static void write(ObjectNode json, Offer offer) {
    json.put("model", offer.label());
    json.put("local", offer.local());
    json.put("lastResort", offer.lastResort());
    TokenPlan tokens = offer.tokens();
    json.put("input", tokens.input());
    json.put("exact", tokens.exact());
    json.put("inputAtMost", tokens.inputAtMost());
    json.put("cached", tokens.cached());
    json.put("expectedOutput", tokens.expectedOutput());
    json.put("maxOutput", tokens.maxOutput());
    put(json, "expectedCost", offer.expectedCost());
    put(json, "worstCost", offer.worstCost());
    put(json, "outputPrice", offer.outputPrice());
    offer
        .quality()
        .ifPresent(
            quality -> {
              ObjectNode written = json.putObject("quality");
              written.put("estimate", quality.estimate());
              written.put("ability", quality.ability());
              written.put("good", quality.good());
              written.put("bad", quality.bad());
            });
    Standing standing = offer.standing();
    Latency latency = standing.latency();
    put(json, "timeToFirstToken", latency.timeToFirstToken());
    put(json, "slowFirstToken", latency.slowFirstToken());
    put(json, "tokensPerSecond", latency.tokensPerSecond());
    put(json, "peak", latency.peak());
    json.put("samples", latency.samples());
    json.put("failureRate", standing.failureRate());
    json.put("billedFailureRate", standing.billedFailureRate());
    json.put("inFlight", standing.inFlight());
    json.put("coolingMillis", standing.cooling().toMillis());
  }

  static Offer read(JsonNode json) {
    TokenPlan tokens =
        new TokenPlan(
            whole(json, "input"),
            json.path("exact").asBoolean(),
            whole(json, "inputAtMost"),
            whole(json, "cached"),
            whole(json, "expectedOutput"),
            whole(json, "maxOutput"));
    Latency latency =
        new Latency(
            orNaN(json, "timeToFirstToken"),
            orNaN(json, "slowFirstToken"),
            orNaN(json, "tokensPerSecond"),
            orNaN(json, "peak"),
            whole(json, "samples"));
    Standing standing =
        new Standing(
            latency,
            number(json, "failureRate"),
            number(json, "billedFailureRate"),
            (int) whole(json, "inFlight"),
            Duration.ofMillis(whole(json, "coolingMillis")));
    return new Offer(
        text(json, "model"),
        json.path("local").asBoolean(),
        json.path("lastResort").asBoolean(),
        tokens,
        amount(json, "expectedCost"),
        amount(json, "worstCost"),
        orNaN(json, "outputPrice"),
        json.has("quality") ? Optional.of(quality(json.get("quality"))) : Optional.empty(),
        standing);
  }

  private static Quality quality(JsonNode json) {
    return new Quality(
        number(json, "estimate"),
        number(json, "ability"),
        number(json, "good"),
        number(json, "bad"));
  }

  static void put(ObjectNode json, String field, double value) {
    if (!Double.isNaN(value)) {
      json.put(field, value);
    }
  }

  private static void put(ObjectNode json, String field, Optional<Usd> amount) {
    amount.ifPresent(usd -> json.put(field, usd.toBigDecimal().toPlainString()));
  }

  private static Optional<Usd> amount(JsonNode json, String field) {
    return json.has(field) ? Optional.of(Usd.of(text(json, field))) : Optional.empty();
  }

  static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw wrong(field, "text");
    }
    return value.textValue();
  }

  static long whole(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(field, "a whole number");
    }
    return value.longValue();
  }

  static double number(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isNumber()) {
      throw wrong(field, "a number");
    }
    return value.doubleValue();
  }

  static double orNaN(JsonNode json, String field) {
    return json.has(field) ? number(json, field) : Double.NaN;
  }

  static JsonNode array(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isArray()) {
      throw wrong(field, "a list");
    }
    return value;
  }

  private static IllegalArgumentException wrong(String field, String kind) {
    return new IllegalArgumentException(
        "In a record of a router, \"%s\" is missing or is not %s.".formatted(field, kind));
  }
}
