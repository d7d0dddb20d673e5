package ai.powertools.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a router has learned, as JSON, and back. */
final class ExperienceJson {
  private static final int VERSION = 1;

  private ExperienceJson() {}

  static ObjectNode write(Experience experience) {
    ObjectNode json = JsonText.MAPPER.createObjectNode();
    json.put("version", VERSION);
    ObjectNode lengths = json.putObject("answerTokens");
    experience
        .allLengths()
        .forEach(
            (kind, known) -> {
              ObjectNode models = lengths.putObject(kind);
              known.byModel().forEach((label, own) -> counts(models.putArray(label), own));
            });
    ObjectNode factors = json.putObject("tokenFactors");
    experience
        .allCalibrations()
        .forEach(
            (family, calibration) ->
                factors
                    .putObject(family)
                    .put("factor", calibration.factor())
                    .put("reports", calibration.reports()));
    ObjectNode ratings = json.putObject("ratings");
    experience
        .allRatings()
        .forEach(
            (kind, models) -> {
              ObjectNode written = ratings.putObject(kind);
              models.forEach(
                  (label, rating) ->
                      written.putObject(label).put("good", rating.good()).put("bad", rating.bad()));
            });
    return json;
  }

  /** Pairs of a length and how many answers had it. */
  private static void counts(ArrayNode json, AnswerLengths.Lengths lengths) {
    lengths.each((tokens, count) -> json.addArray().add(tokens).add(count));
  }

  static void read(String text, Experience into) {
    JsonNode json;
    try {
      json = JsonText.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "What a router has learned is no JSON: " + e.getOriginalMessage(), e);
    }
    if (json.path("version").asInt() != VERSION) {
      throw new IllegalArgumentException(
          "What a router has learned is of version %s; this reads version %d."
              .formatted(json.path("version"), VERSION));
    }
    for (Map.Entry<String, JsonNode> kind : fields(json, "answerTokens")) {
      AnswerLengths known = into.lengths(kind.getKey());
      for (Map.Entry<String, JsonNode> model : kind.getValue().properties()) {
        for (JsonNode pair : model.getValue()) {
          if (pair.size() != 2 || !pair.get(0).isIntegralNumber() || !pair.get(1).isInt()) {
            throw new IllegalArgumentException(
                "Lengths of answers are pairs of tokens and a number of answers, not " + pair);
          }
          for (int i = 0; i < Math.min(pair.get(1).intValue(), 1_000); i++) {
            known.add(model.getKey(), pair.get(0).longValue());
          }
        }
      }
    }
    for (Map.Entry<String, JsonNode> family : fields(json, "tokenFactors")) {
      into.allCalibrations()
          .put(
              family.getKey(),
              new Experience.Calibration(
                  OfferJson.number(family.getValue(), "factor"),
                  OfferJson.whole(family.getValue(), "reports")));
    }
    for (Map.Entry<String, JsonNode> kind : fields(json, "ratings")) {
      Map<String, Rating> models = new ConcurrentHashMap<>();
      for (Map.Entry<String, JsonNode> model : kind.getValue().properties()) {
        models.put(
            model.getKey(),
            new Rating(
                OfferJson.number(model.getValue(), "good"),
                OfferJson.number(model.getValue(), "bad")));
      }
      into.allRatings().put(kind.getKey(), models);
    }
  }

  private static Iterable<Map.Entry<String, JsonNode>> fields(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isObject()) {
      throw new IllegalArgumentException(
          "What a router has learned has no \"%s\".".formatted(field));
    }
    return value.properties();
  }
}
