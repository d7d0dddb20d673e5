package ai.powertools.testing;

import ai.powertools.core.Time;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The paths of Ollama. */
final class OllamaRoutes {
  private static final Dialect CHAT = new OllamaDialect();

  private OllamaRoutes() {}

  /** Returns whether there is such a path. */
  static boolean serve(Exchange exchange) throws IOException {
    JsonNode body = exchange.body();
    String model = body.path("model").asText("");
    switch (exchange.line()) {
      case "POST /api/chat" -> {
        exchange.setup().load(model);
        exchange.chat(CHAT, body.path("model").asText(), streams(body));
      }
      case "POST /api/embed" -> {
        exchange.setup().load(model);
        exchange.answer(OllamaErrand.complaint(body), () -> embeddings(body));
      }
      case "POST /api/generate" -> {
        return loadOrUnload(exchange);
      }
      case "POST /api/show" ->
          exchange.answer(OllamaErrand.complaint(body), () -> ModelLists.ollamaDetails(model));
      case "POST /api/pull" ->
          exchange.errand(
              new OllamaErrand(OllamaPullStream.success()),
              streams(body),
              () -> exchange.setup().add(model));
      case "GET /api/tags" -> exchange.respond(200, ModelLists.ollama(exchange.models()));
      case "GET /api/ps" ->
          exchange.respond(200, ModelLists.ollamaRunning(exchange.setup().loaded()));
      case "GET /api/version" -> exchange.respond(200, Json.object().put("version", "0.12.6"));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Ollama streams unless told not to. */
  private static boolean streams(JsonNode body) {
    return body.path("stream").asBoolean(true);
  }

  private static JsonNode embeddings(JsonNode body) {
    JsonNode input = body.path("input");
    List<String> texts = new ArrayList<>();
    if (input.isArray()) {
      input.forEach(text -> texts.add(text.asText()));
    } else if (!input.asText("").isEmpty()) {
      texts.add(input.asText());
    }
    ObjectNode answer = Json.object().put("model", body.path("model").asText());
    ArrayNode embeddings = answer.putArray("embeddings");
    int tokens = 0;
    for (String text : texts) {
      embeddings.add(Vectors.json(Vectors.of(text, body.path("dimensions").asInt(0))));
      tokens += Words.count(text);
    }
    return answer.put("total_duration", 1).put("load_duration", 0).put("prompt_eval_count", tokens);
  }

  /** Without a prompt a model is loaded or, if it is to be kept for no time, unloaded. */
  private static boolean loadOrUnload(Exchange exchange) throws IOException {
    JsonNode body = exchange.body();
    String model = body.path("model").asText("");
    boolean unloads = isZero(body.path("keep_alive"));
    if (!body.path("prompt").asText("").isEmpty()) {
      return false;
    }
    if (!model.isEmpty() && exchange.setup().find(model).isEmpty()) {
      exchange.refuse(404, null, "model '" + model + "' not found");
    } else if (ModelLists.onlyEmbeds(model) && !unloads) {
      exchange.refuse(400, null, "\"" + model + "\" does not support generate");
    } else {
      JsonNode done =
          Json.object()
              .put("model", model)
              .put("created_at", Time.system().instant().toString())
              .put("response", "")
              .put("done", true)
              .put("done_reason", unloads ? "unload" : "load");
      Setup setup = exchange.setup();
      Runnable change = unloads ? () -> setup.unload(model) : () -> setup.load(model);
      exchange.errand(new OllamaErrand(done), false, change);
    }
    return true;
  }

  /** A number of seconds, or a text as in {@code 5m}. */
  private static boolean isZero(JsonNode keepAlive) {
    return keepAlive.isNumber()
        ? keepAlive.asDouble() == 0
        : keepAlive.asText("").matches("0(ns|us|ms|s|m|h)?");
  }
}
