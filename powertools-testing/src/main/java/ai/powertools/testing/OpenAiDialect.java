package ai.powertools.testing;

import ai.powertools.testing.SimulatedAnswer.Finish;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions as OpenAI's API writes them: one JSON object, or server-sent events. Reasoning
 * is counted and never shown.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">the reference</a>
 */
final class OpenAiDialect implements Dialect {
  @Override
  public @Nullable String complaint(RecordedRequest request) {
    JsonNode body = request.body();
    if (!body.isObject()) {
      return "We could not parse the JSON body of your request.";
    }
    // At Azure the deployment in the path is the model.
    if (body.path("model").asText("").isEmpty() && !request.path().contains("/deployments/")) {
      return "you must provide a model parameter";
    }
    return body.path("messages").isArray() ? null : "Missing required parameter: 'messages'.";
  }

  @Override
  public Prompt prompt(JsonNode request) {
    return Prompt.ofMessages(request.path("messages"));
  }

  @Override
  public ObjectNode whole(Reply reply) {
    ObjectNode body = head(reply, "chat.completion");
    ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
    addMessage(choice, reply);
    choice.putNull("logprobs").put("finish_reason", finish(reply));
    body.set("usage", usage(reply.usage()));
    return body;
  }

  @Override
  public AnswerStream stream(Reply reply) {
    return new OpenAiStream(reply);
  }

  private static void addMessage(ObjectNode choice, Reply reply) {
    SimulatedAnswer answer = reply.answer();
    boolean refuses = answer.finish() == Finish.REFUSAL;
    boolean silent = answer.text().isEmpty() && !answer.toolCalls().isEmpty();
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    message.put("content", refuses || silent ? null : answer.text());
    message.put("refusal", refuses ? answer.text() : null);
    message.putArray("annotations");
    if (!answer.toolCalls().isEmpty()) {
      ArrayNode calls = message.putArray("tool_calls");
      for (int i = 0; i < answer.toolCalls().size(); i++) {
        SimulatedAnswer.ToolCall call = answer.toolCalls().get(i);
        calls
            .addObject()
            .put("id", reply.id("call_", i))
            .put("type", "function")
            .putObject("function")
            .put("name", call.name())
            .put("arguments", call.arguments());
      }
    }
  }

  static ObjectNode head(Reply reply, String object) {
    ObjectNode head =
        Json.object()
            .put("id", "chatcmpl-simulated-" + reply.number())
            .put("object", object)
            .put("created", reply.created().getEpochSecond())
            .put("model", reply.model());
    String tier = reply.answer().serviceTier();
    return tier == null ? head : head.put("service_tier", tier);
  }

  static String finish(Reply reply) {
    return switch (reply.answer().finish()) {
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_calls";
      case CONTENT_FILTER -> "content_filter";
      case STOP, REFUSAL, PAUSE_TURN -> "stop";
    };
  }

  /** What was cached is in the prompt, and what was thought is in the completion. */
  static ObjectNode usage(SimulatedUsage used) {
    ObjectNode usage =
        Json.object()
            .put("prompt_tokens", used.prompt())
            .put("completion_tokens", used.completion())
            .put("total_tokens", used.total());
    ObjectNode prompt = usage.putObject("prompt_tokens_details");
    prompt.put("cached_tokens", used.cached()).put("audio_tokens", 0);
    if (used.cacheWrite() > 0) {
      prompt.put("cache_write_tokens", used.cacheWrite());
    }
    usage
        .putObject("completion_tokens_details")
        .put("reasoning_tokens", used.reasoning())
        .put("audio_tokens", 0)
        .put("accepted_prediction_tokens", 0)
        .put("rejected_prediction_tokens", 0);
    return usage;
  }
}
