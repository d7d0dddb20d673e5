package ai.powertools.testing;

import ai.powertools.testing.SimulatedAnswer.Finish;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Responses as OpenAI's API writes them: one JSON object, or named server-sent events. Nothing is
 * stored: a response that was given before can't be referred to.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">the reference</a>
 */
final class ResponsesDialect implements Dialect {
  @Override
  public @Nullable String complaint(RecordedRequest request) {
    JsonNode body = request.body();
    if (!body.isObject()) {
      return "We could not parse the JSON body of your request.";
    }
    if (body.path("model").asText("").isEmpty()) {
      return "Missing required parameter: 'model'.";
    }
    return body.has("input") ? null : "Missing required parameter: 'input'.";
  }

  @Override
  public Prompt prompt(JsonNode request) {
    JsonNode input = request.path("input");
    Prompt prompt =
        input.isTextual()
            ? Prompt.ofMessages(
                Json.object()
                    .arrayNode()
                    .add(Json.object().put("role", "user").set("content", input)))
            : Prompt.ofMessages(input);
    return prompt.withSystem(request.path("instructions").asText(""));
  }

  @Override
  public JsonNode whole(Reply reply) {
    ObjectNode response = finished(reply);
    response.set("output", new ResponseItems(reply).all());
    return response;
  }

  @Override
  public AnswerStream stream(Reply reply) {
    return new ResponsesStream(reply);
  }

  /** A response as it is while nothing has been said. */
  static ObjectNode begun(Reply reply) {
    JsonNode request = reply.request();
    String tier = reply.answer().serviceTier();
    ObjectNode response =
        Json.object()
            .put("id", reply.id("resp_"))
            .put("object", "response")
            .put("created_at", reply.created().getEpochSecond())
            .put("status", "in_progress")
            .put("background", false)
            .putNull("error")
            .putNull("incomplete_details")
            .putNull("max_output_tokens")
            .put("model", reply.model())
            .put("parallel_tool_calls", request.path("parallel_tool_calls").asBoolean(true))
            .putNull("previous_response_id")
            .put("service_tier", Objects.requireNonNullElse(tier, "default"))
            .put("store", request.path("store").asBoolean(true))
            .put("temperature", request.path("temperature").asDouble(1))
            .put("top_p", request.path("top_p").asDouble(1))
            .put("truncation", "disabled")
            .putNull("usage")
            .putNull("user");
    response.putArray("output");
    response.putObject("metadata");
    repeat(request, response, "instructions", response.nullNode());
    repeat(request, response, "tools", response.arrayNode());
    repeat(request, response, "tool_choice", response.textNode("auto"));
    return response;
  }

  private static void repeat(JsonNode request, ObjectNode response, String field, JsonNode other) {
    response.set(field, request.hasNonNull(field) ? request.path(field) : other);
  }

  /** A response that has been said, but for its output. */
  static ObjectNode finished(Reply reply) {
    ObjectNode response = begun(reply).put("status", "completed");
    Finish finish = reply.answer().finish();
    if (finish == Finish.LENGTH || finish == Finish.CONTENT_FILTER) {
      response
          .put("status", "incomplete")
          .putObject("incomplete_details")
          .put("reason", finish == Finish.LENGTH ? "max_output_tokens" : "content_filter");
    }
    response.set("usage", usage(reply.usage()));
    return response;
  }

  private static ObjectNode usage(SimulatedUsage used) {
    ObjectNode usage = Json.object().put("input_tokens", used.prompt());
    usage
        .putObject("input_tokens_details")
        .put("cached_tokens", used.cached())
        .put("cache_write_tokens", used.cacheWrite());
    usage.put("output_tokens", used.completion());
    usage.putObject("output_tokens_details").put("reasoning_tokens", used.reasoning());
    return usage.put("total_tokens", used.total());
  }
}
