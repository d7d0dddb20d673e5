package ai.powertools.testing;

import ai.powertools.testing.SimulatedAnswer.Finish;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Messages as Anthropic's API writes them: one JSON object, or named server-sent events.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages">the reference</a>
 */
final class AnthropicDialect implements Dialect {
  /** What vouches for the thinking is opaque to clients: they send it back as it is. */
  static final String SIGNATURE = "c2ltdWxhdGVkLXNpZ25hdHVyZQ==";

  @Override
  public @Nullable String complaint(RecordedRequest request) {
    String missing = missingOfPrompt(request);
    if (missing != null) {
      return missing;
    }
    return request.body().path("max_tokens").isInt() ? null : "max_tokens: Field required";
  }

  /** What a request to count tokens must have too. */
  static @Nullable String missingOfPrompt(RecordedRequest request) {
    JsonNode body = request.body();
    if (request.header("anthropic-version").isEmpty()) {
      return "anthropic-version: header is required";
    }
    if (!body.isObject()) {
      return "The request body is not valid JSON.";
    }
    if (body.path("model").asText("").isEmpty()) {
      return "model: Field required";
    }
    return body.path("messages").isArray() ? null : "messages: Field required";
  }

  @Override
  public Prompt prompt(JsonNode request) {
    return Prompt.ofMessages(request.path("messages"))
        .withSystem(Prompt.text(request.path("system")));
  }

  @Override
  public JsonNode whole(Reply reply) {
    SimulatedAnswer answer = reply.answer();
    ObjectNode body = head(reply);
    ArrayNode content = body.putArray("content");
    if (!answer.reasoning().isEmpty()) {
      content
          .addObject()
          .put("type", "thinking")
          .put("thinking", answer.reasoning())
          .put("signature", SIGNATURE);
    }
    if (!answer.text().isEmpty()) {
      content.addObject().put("type", "text").put("text", answer.text()).putNull("citations");
    }
    for (int i = 0; i < answer.toolCalls().size(); i++) {
      SimulatedAnswer.ToolCall call = answer.toolCalls().get(i);
      ObjectNode block = content.addObject().put("type", "tool_use");
      block.put("id", reply.id("toolu_", i)).put("name", call.name());
      block.set("input", Json.objectOf(call.arguments()));
    }
    addStop(body, answer.finish());
    body.set("usage", usage(reply, reply.usage().completion()));
    return body;
  }

  @Override
  public AnswerStream stream(Reply reply) {
    return new AnthropicStream(reply);
  }

  static ObjectNode head(Reply reply) {
    return Json.object()
        .put("id", reply.id("msg_"))
        .put("type", "message")
        .put("role", "assistant")
        .put("model", reply.model())
        .putNull("container");
  }

  static void addStop(ObjectNode to, Finish finish) {
    String reason =
        switch (finish) {
          case STOP -> "end_turn";
          case LENGTH -> "max_tokens";
          case TOOL_CALLS -> "tool_use";
          case CONTENT_FILTER, REFUSAL -> "refusal";
          case PAUSE_TURN -> "pause_turn";
        };
    to.put("stop_reason", reason).putNull("stop_sequence");
    if (reason.equals("refusal")) {
      to.putObject("stop_details")
          .put("type", "refusal")
          .putNull("category")
          .putNull("explanation");
    } else {
      to.putNull("stop_details");
    }
  }

  /** What was read from the cache and written to it stands beside the input, not in it. */
  static ObjectNode usage(Reply reply, int output) {
    SimulatedUsage used = reply.usage();
    String tier = reply.answer().serviceTier();
    ObjectNode usage = inputUsage(used);
    usage
        .putObject("cache_creation")
        .put("ephemeral_5m_input_tokens", used.cacheWrite())
        .put("ephemeral_1h_input_tokens", 0);
    usage.put("output_tokens", output).putNull("output_tokens_details");
    addThinking(usage, Math.min(output, used.reasoning()));
    usage.putNull("server_tool_use").putNull("inference_geo");
    return usage.put("service_tier", tier == null ? "standard" : tier);
  }

  static ObjectNode inputUsage(SimulatedUsage used) {
    return Json.object()
        .put("input_tokens", used.uncached())
        .put("cache_creation_input_tokens", used.cacheWrite())
        .put("cache_read_input_tokens", used.cached());
  }

  static void addThinking(ObjectNode usage, int thinking) {
    if (thinking > 0) {
      usage.putObject("output_tokens_details").put("thinking_tokens", thinking);
    }
  }
}
