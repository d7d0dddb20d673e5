package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The paths of Gemini's API and of Vertex: a model, and what it is to do behind a colon. */
final class GeminiRoutes {
  private static final Dialect CONTENT = new GeminiDialect();
  private static final Pattern METHOD =
      Pattern.compile("/v1(?:beta1?)?/(?:.+/)?models/([^/:]+):([A-Za-z]+)");

  private GeminiRoutes() {}

  static boolean isMethodOfModel(String path) {
    return METHOD.matcher(path).matches();
  }

  /** Returns whether there is such a path. */
  static boolean serve(Exchange exchange) throws IOException {
    if (exchange.line().equals("GET /v1beta/models")) {
      exchange.respond(200, ModelLists.gemini(exchange.models()));
      return true;
    }
    Matcher path = METHOD.matcher(exchange.request().path());
    return exchange.request().method().equals("POST")
        && path.matches()
        && serve(exchange, URLDecoder.decode(path.group(1), StandardCharsets.UTF_8), path.group(2));
  }

  private static boolean serve(Exchange exchange, String model, String method) throws IOException {
    JsonNode body = exchange.body();
    switch (method) {
      case "generateContent" -> exchange.chat(CONTENT, model, false);
      case "streamGenerateContent" -> exchange.chat(CONTENT, model, true);
      case "countTokens" -> exchange.answer(missing(counted(body), "contents"), () -> count(body));
      case "embedContent" ->
          exchange.answer(missing(body, "content"), () -> embedding(body, "embedding"));
      case "batchEmbedContents" ->
          exchange.answer(missing(body, "requests"), () -> embeddings(body));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String missing(JsonNode body, String field) {
    return body.path(field).isEmpty() ? "* " + field + " is not specified" : null;
  }

  /** What is to be counted is in the body, or is a whole request in it. */
  private static JsonNode counted(JsonNode body) {
    return body.has("generateContentRequest") ? body.path("generateContentRequest") : body;
  }

  private static JsonNode count(JsonNode body) {
    int tokens = CONTENT.prompt(counted(body)).words();
    ObjectNode answer = Json.object().put("totalTokens", tokens);
    GeminiDialect.addTextDetails(answer, "promptTokensDetails", tokens);
    return answer;
  }

  private static JsonNode embeddings(JsonNode body) {
    ObjectNode answer = Json.object();
    ArrayNode embeddings = answer.putArray("embeddings");
    for (JsonNode request : body.path("requests")) {
      embeddings.add(embedding(request));
    }
    return answer;
  }

  private static JsonNode embedding(JsonNode request, String field) {
    ObjectNode answer = Json.object();
    answer.set(field, embedding(request));
    return answer;
  }

  private static ObjectNode embedding(JsonNode request) {
    String text = GeminiDialect.text(request.path("content"));
    ObjectNode embedding = Json.object();
    int dimensions = request.path("outputDimensionality").asInt(0);
    embedding.set("values", Vectors.json(Vectors.of(text, dimensions)));
    return embedding;
  }
}
