package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/chat} as Ollama writes it: one JSON object, or one a line.
 *
 * @see <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">the reference</a>
 */
final class OllamaDialect implements Dialect {
  @Override
  public @Nullable String complaint(RecordedRequest request) {
    if (!request.body().isObject()) {
      return "invalid character in the body: it is not a JSON object";
    }
    return request.body().path("model").asText("").isEmpty() ? "model is required" : null;
  }

  @Override
  public Prompt prompt(JsonNode request) {
    return Prompt.ofMessages(request.path("messages"));
  }

  @Override
  public JsonNode whole(Reply reply) {
    SimulatedAnswer answer = reply.answer();
    ObjectNode body = line(reply, answer.text(), answer.reasoning());
    if (body.path("message") instanceof ObjectNode message && !answer.toolCalls().isEmpty()) {
      ArrayNode calls = message.putArray("tool_calls");
      for (int i = 0; i < answer.toolCalls().size(); i++) {
        calls.add(toolCall(reply, i, answer.toolCalls().get(i)));
      }
    }
    return finish(body, reply);
  }

  @Override
  public AnswerStream stream(Reply reply) {
    return new OllamaStream(reply);
  }

  static ObjectNode line(Reply reply, String text, String thinking) {
    ObjectNode body =
        Json.object().put("model", reply.model()).put("created_at", reply.created().toString());
    ObjectNode message = body.putObject("message").put("role", "assistant").put("content", text);
    if (!thinking.isEmpty()) {
      message.put("thinking", thinking);
    }
    return body;
  }

  /** Calls are never in pieces, and their arguments are no text. */
  static ObjectNode toolCall(Reply reply, int index, SimulatedAnswer.ToolCall call) {
    ObjectNode node = Json.object().put("id", reply.id("call_", index));
    node.putObject("function")
        .put("index", index)
        .put("name", call.name())
        .set("arguments", Json.objectOf(call.arguments()));
    return node;
  }

  /** All durations are in nanoseconds. No model was loaded and no prompt was evaluated. */
  static ObjectNode finish(ObjectNode body, Reply reply) {
    long nanos = Math.max(1, reply.took().toNanos());
    boolean length = reply.answer().finish() == SimulatedAnswer.Finish.LENGTH;
    return body.put("done_reason", length ? "length" : "stop")
        .put("done", true)
        .put("total_duration", nanos)
        .put("load_duration", 0)
        .put("prompt_eval_count", reply.usage().prompt())
        .put("prompt_eval_duration", 0)
        .put("eval_count", reply.usage().completion())
        .put("eval_duration", nanos);
  }
}
