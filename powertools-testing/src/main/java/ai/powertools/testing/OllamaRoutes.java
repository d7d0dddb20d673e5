package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The paths of Ollama. */
final class OllamaRoutes {
  private static final Dialect CHAT = new OllamaDialect();
  private static final String DIGEST = "sha256:" + "0".repeat(64);
  private static final long LAYER_BYTES = 1_000_000;

  private OllamaRoutes() {}

  /** Returns whether there is such a path. */
  static boolean serve(Exchange exchange) throws IOException {
    JsonNode body = exchange.body();
    switch (exchange.line()) {
      case "POST /api/chat" -> exchange.chat(CHAT, body.path("model").asText(), streams(body));
      case "POST /api/embed" -> exchange.answer(missing(body), () -> embeddings(body));
      case "POST /api/show" -> exchange.answer(missing(body), ModelLists::ollamaDetails);
      case "POST /api/pull" -> pull(exchange);
      case "GET /api/tags" -> exchange.respond(200, ModelLists.ollama(exchange.models()));
      case "GET /api/ps" -> exchange.respond(200, ModelLists.ollamaRunning(exchange.models()));
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

  private static @Nullable String missing(JsonNode body) {
    return body.path("model").asText("").isEmpty() ? "model is required" : null;
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

  /** Nothing is fetched; it only says what one who fetches would be told. */
  private static void pull(Exchange exchange) throws IOException {
    String complaint = missing(exchange.body());
    if (complaint != null) {
      exchange.refuse(400, null, complaint);
    } else if (streams(exchange.body())) {
      exchange.respondLines(
          List.of(
              status("pulling manifest"),
              layer(),
              layer().put("completed", LAYER_BYTES / 2),
              layer().put("completed", LAYER_BYTES),
              status("verifying sha256 digest"),
              status("writing manifest"),
              status("success")));
    } else {
      exchange.respond(200, status("success"));
    }
  }

  private static ObjectNode status(String status) {
    return Json.object().put("status", status);
  }

  private static ObjectNode layer() {
    return status("pulling " + DIGEST.substring(7, 19))
        .put("digest", DIGEST)
        .put("total", LAYER_BYTES);
  }
}
