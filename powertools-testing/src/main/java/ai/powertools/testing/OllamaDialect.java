package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/chat} as Ollama writes it: one JSON object, or one a line. It streams unless told not
 * to.
 *
 * @see <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">the reference</a>
 */
final class OllamaDialect implements Dialect {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Override
  public boolean wantsStream(JsonNode request) {
    return request.path("stream").asBoolean(true);
  }

  @Override
  public @Nullable String complaint(JsonNode request) {
    if (!request.isObject()) {
      return "invalid character in the body: it is not a JSON object";
    }
    return request.path("model").asText("").isEmpty() ? "model is required" : null;
  }

  @Override
  public String streamType() {
    return "application/x-ndjson";
  }

  @Override
  public JsonNode whole(Reply reply, String text) {
    return finished(said(reply, text), reply);
  }

  @Override
  public String opening(Reply reply) {
    return "";
  }

  @Override
  public String piece(Reply reply, String text) {
    return said(reply, text).put("done", false) + "\n";
  }

  @Override
  public List<String> closing(Reply reply) {
    return List.of(finished(said(reply, ""), reply) + "\n");
  }

  @Override
  public String errorInStream(@Nullable String code, String message) {
    return error(500, code, message) + "\n";
  }

  /** Ollama's errors have a message and nothing else: status and code are not in the body. */
  @Override
  public JsonNode error(int status, @Nullable String code, String message) {
    return JSON.objectNode().put("error", message);
  }

  private static ObjectNode said(Reply reply, String text) {
    ObjectNode body =
        JSON.objectNode().put("model", reply.model()).put("created_at", reply.created().toString());
    body.putObject("message").put("role", "assistant").put("content", text);
    return body;
  }

  /** All durations are in nanoseconds. No model was loaded and no prompt was evaluated. */
  private static ObjectNode finished(ObjectNode body, Reply reply) {
    long nanos = reply.took().toNanos();
    return body.put("done_reason", "stop")
        .put("done", true)
        .put("total_duration", nanos)
        .put("load_duration", 0)
        .put("prompt_eval_count", reply.tokens().prompt())
        .put("prompt_eval_duration", 0)
        .put("eval_count", reply.tokens().completion())
        .put("eval_duration", nanos);
  }
}
