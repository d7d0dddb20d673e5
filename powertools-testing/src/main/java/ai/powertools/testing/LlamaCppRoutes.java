package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The paths of the server of llama.cpp. Its tokens are the characters (UTF-16) of the text. */
final class LlamaCppRoutes {
  private static final Dialect CHAT = new LlamaCppDialect();
  private static final int CONTEXT = 4096;

  private LlamaCppRoutes() {}

  /**
   * Returns whether there is such a path.
   *
   * @param loads whether the model is still being loaded, while which nothing is served
   */
  static boolean serve(Exchange exchange, boolean loads) throws IOException {
    JsonNode body = exchange.body();
    if (loads) {
      exchange.refuse(503, null, "Loading model");
      return true;
    }
    switch (exchange.line()) {
      case "POST /v1/chat/completions" ->
          exchange.chat(CHAT, model(exchange), body.path("stream").asBoolean(false));
      case "POST /v1/embeddings" -> OpenAiRoutes.embed(exchange, model(exchange));
      case "POST /tokenize" -> exchange.answer(null, () -> tokens(body));
      case "POST /detokenize" -> exchange.answer(null, () -> text(body));
      case "POST /apply-template" ->
          exchange.answer(
              CHAT.complaint(exchange.request()), () -> Json.object().put("prompt", chatMl(body)));
      case "GET /health" -> exchange.respond(200, Json.object().put("status", "ok"));
      case "GET /props" -> exchange.respond(200, props(exchange));
      case "GET /v1/models" -> exchange.respond(200, ModelLists.llamaCpp(exchange.models()));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The one that was loaded, if the request names none. */
  private static String model(Exchange exchange) {
    return exchange.body().path("model").asText(loaded(exchange));
  }

  private static String loaded(Exchange exchange) {
    return exchange.models().isEmpty() ? "none" : exchange.models().get(0);
  }

  private static JsonNode props(Exchange exchange) {
    ObjectNode props = Json.object();
    props.putObject("default_generation_settings").put("id", 0).put("n_ctx", CONTEXT);
    return props
        .put("total_slots", 1)
        .put("model_path", loaded(exchange) + ".gguf")
        .put("chat_template", "chatml")
        .put("build_info", "b1-simulated");
  }

  private static JsonNode tokens(JsonNode body) {
    ObjectNode answer = Json.object();
    ArrayNode tokens = answer.putArray("tokens");
    for (char character : body.path("content").asText("").toCharArray()) {
      if (body.path("with_pieces").asBoolean(false)) {
        tokens.addObject().put("id", (int) character).put("piece", String.valueOf(character));
      } else {
        tokens.add((int) character);
      }
    }
    return answer;
  }

  private static JsonNode text(JsonNode body) {
    StringBuilder text = new StringBuilder();
    body.path("tokens").forEach(token -> text.append((char) token.asInt()));
    return Json.object().put("content", text.toString());
  }

  private static String chatMl(JsonNode body) {
    List<String> turns = new ArrayList<>();
    for (Prompt.Said said : CHAT.prompt(body).said()) {
      turns.add("<|im_start|>" + said.role() + "\n" + said.text() + "<|im_end|>\n");
    }
    return String.join("", turns) + "<|im_start|>assistant\n";
  }
}
