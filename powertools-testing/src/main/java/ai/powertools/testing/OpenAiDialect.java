package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions as OpenAI's API writes them: one JSON object, or server-sent events.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">the reference</a>
 */
final class OpenAiDialect implements Dialect {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Override
  public boolean wantsStream(JsonNode request) {
    return request.path("stream").asBoolean(false);
  }

  @Override
  public @Nullable String complaint(JsonNode request) {
    if (!request.isObject()) {
      return "We could not parse the JSON body of your request.";
    }
    if (request.path("model").asText("").isEmpty()) {
      return "you must provide a model parameter";
    }
    if (!request.path("messages").isArray()) {
      return "Missing required parameter: 'messages'.";
    }
    return null;
  }

  @Override
  public String streamType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public JsonNode whole(Reply reply, String text) {
    ObjectNode body = head(reply, "chat.completion");
    ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", text).putNull("refusal");
    choice.putNull("logprobs").put("finish_reason", "stop");
    body.set("usage", usage(reply.tokens()));
    return body;
  }

  @Override
  public String opening(Reply reply) {
    ObjectNode delta = JSON.objectNode().put("role", "assistant").put("content", "");
    return event(chunk(reply, delta.putNull("refusal"), null));
  }

  @Override
  public String piece(Reply reply, String text) {
    return event(chunk(reply, JSON.objectNode().put("content", text), null));
  }

  @Override
  public List<String> closing(Reply reply) {
    List<String> events = new ArrayList<>();
    events.add(event(chunk(reply, JSON.objectNode(), "stop")));
    if (wantsUsage(reply)) {
      ObjectNode last = head(reply, "chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", usage(reply.tokens()));
      events.add(event(last));
    }
    events.add("data: [DONE]\n\n");
    return events;
  }

  @Override
  public String errorInStream(@Nullable String code, String message) {
    return event(error(500, code, message));
  }

  @Override
  public JsonNode error(int status, @Nullable String code, String message) {
    ObjectNode body = JSON.objectNode();
    body.putObject("error")
        .put("message", message)
        .put("type", type(status, code))
        .putNull("param")
        .put("code", code);
    return body;
  }

  private static String type(int status, @Nullable String code) {
    if ("insufficient_quota".equals(code)) {
      return "insufficient_quota";
    }
    if (status == 429) {
      return "rate_limit_error";
    }
    return status >= 500 ? "server_error" : "invalid_request_error";
  }

  private static ObjectNode chunk(Reply reply, ObjectNode delta, @Nullable String finish) {
    ObjectNode chunk = head(reply, "chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.putNull("logprobs").put("finish_reason", finish);
    if (wantsUsage(reply)) {
      chunk.putNull("usage");
    }
    return chunk;
  }

  private static boolean wantsUsage(Reply reply) {
    return reply.request().path("stream_options").path("include_usage").asBoolean(false);
  }

  private static ObjectNode head(Reply reply, String object) {
    return JSON.objectNode()
        .put("id", "chatcmpl-simulated-" + reply.number())
        .put("object", object)
        .put("created", reply.created().getEpochSecond())
        .put("model", reply.model());
  }

  private static ObjectNode usage(Tokens tokens) {
    ObjectNode usage =
        JSON.objectNode()
            .put("prompt_tokens", tokens.prompt())
            .put("completion_tokens", tokens.completion())
            .put("total_tokens", tokens.prompt() + tokens.completion());
    usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
    usage.putObject("completion_tokens_details").put("reasoning_tokens", 0).put("audio_tokens", 0);
    return usage;
  }

  private static String event(JsonNode data) {
    return "data: " + data + "\n\n";
  }
}
