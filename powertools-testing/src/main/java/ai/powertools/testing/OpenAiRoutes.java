package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The paths of OpenAI, and of Azure, where the model is in the path or, since v1, is not. */
final class OpenAiRoutes {
  private static final Dialect CHAT = new OpenAiDialect();
  private static final Dialect RESPONSES = new ResponsesDialect();
  private static final Pattern DEPLOYMENT = Pattern.compile("/openai/deployments/([^/]+)(/.+)");

  private OpenAiRoutes() {}

  /** Returns whether there is such a path. */
  static boolean serve(Exchange exchange) throws IOException {
    RecordedRequest request = exchange.request();
    Matcher deployment = DEPLOYMENT.matcher(request.path());
    if (!deployment.matches()) {
      String path = request.path().replaceFirst("^/openai(?=/v1/)", "");
      String model = exchange.body().path("model").asText();
      return serve(exchange, request.method() + " " + path, model);
    }
    if (request.queryParameter("api-version").isEmpty()) {
      exchange.refuse(404, "404", "Resource not found");
      return true;
    }
    String path = "/v1" + deployment.group(2);
    return (path.equals("/v1/chat/completions") || path.equals("/v1/embeddings"))
        && serve(exchange, request.method() + " " + path, deployment.group(1));
  }

  private static boolean serve(Exchange exchange, String line, String model) throws IOException {
    boolean streams = exchange.body().path("stream").asBoolean(false);
    switch (line) {
      case "POST /v1/chat/completions" -> exchange.chat(CHAT, model, streams);
      case "POST /v1/responses" -> exchange.chat(RESPONSES, model, streams);
      case "POST /v1/responses/input_tokens" ->
          exchange.answer(
              RESPONSES.complaint(exchange.request()),
              () ->
                  Json.object()
                      .put("object", "response.input_tokens")
                      .put("input_tokens", RESPONSES.prompt(exchange.body()).words()));
      case "POST /v1/embeddings" -> embed(exchange, model);
      case "GET /v1/models" -> exchange.respond(200, ModelLists.openAi(exchange.models()));
      default -> {
        return false;
      }
    }
    return true;
  }

  static void embed(Exchange exchange, String model) throws IOException {
    exchange.answer(
        complaintOfEmbeddings(exchange.body(), model), () -> embeddings(exchange.body(), model));
  }

  private static @Nullable String complaintOfEmbeddings(JsonNode body, String model) {
    if (!body.isObject()) {
      return "We could not parse the JSON body of your request.";
    }
    if (model.isEmpty()) {
      return "you must provide a model parameter";
    }
    return inputs(body).isEmpty() ? "'input' must be a text or a list of texts or tokens." : null;
  }

  private static ObjectNode embeddings(JsonNode body, String model) {
    ObjectNode answer = Json.object().put("object", "list");
    ArrayNode data = answer.putArray("data");
    int tokens = 0;
    for (String input : inputs(body)) {
      float[] vector = Vectors.of(input, body.path("dimensions").asInt(0));
      boolean packed = body.path("encoding_format").asText().equals("base64");
      ObjectNode entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
      if (packed) {
        entry.put("embedding", Vectors.base64(vector));
      } else {
        entry.set("embedding", Vectors.json(vector));
      }
      tokens += Words.count(input);
    }
    answer.put("model", model);
    answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return answer;
  }

  /** A text, texts, the tokens of a text, or those of texts; tokens are their numbers in words. */
  private static List<String> inputs(JsonNode body) {
    JsonNode input = body.path("input");
    List<String> inputs = new ArrayList<>();
    if (input.isTextual() || input.path(0).isNumber()) {
      inputs.add(words(input));
    } else {
      input.forEach(one -> inputs.add(words(one)));
    }
    return inputs;
  }

  private static String words(JsonNode input) {
    if (!input.isArray()) {
      return input.asText();
    }
    List<String> tokens = new ArrayList<>();
    input.forEach(token -> tokens.add(token.asText()));
    return String.join(" ", tokens);
  }
}
