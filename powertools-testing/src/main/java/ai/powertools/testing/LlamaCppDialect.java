package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions as the server of llama.cpp writes them: OpenAI's, with what the model thought
 * beside what it says, and the time that both took.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/tree/master/tools/server">the reference</a>
 */
final class LlamaCppDialect implements Dialect {
  private static final Dialect OPEN_AI = new OpenAiDialect();
  private static final String FINGERPRINT = "b1-simulated";

  /** It serves the one model that it has loaded, whatever is asked for. */
  @Override
  public @Nullable String complaint(RecordedRequest request) {
    if (!request.body().isObject()) {
      return "the request body is not a JSON object";
    }
    return request.body().path("messages").isArray() ? null : "'messages' is required";
  }

  @Override
  public Prompt prompt(JsonNode request) {
    return OPEN_AI.prompt(request);
  }

  @Override
  public JsonNode whole(Reply reply) {
    JsonNode body = OPEN_AI.whole(reply);
    if (body.at("/choices/0/message") instanceof ObjectNode message) {
      message.remove("refusal");
      message.remove("annotations");
      message.put("content", reply.answer().text());
      if (!reply.answer().reasoning().isEmpty()) {
        message.put("reasoning_content", reply.answer().reasoning());
      }
    }
    if (body.at("/choices/0") instanceof ObjectNode choice) {
      choice.remove("logprobs");
    }
    if (body instanceof ObjectNode object) {
      object.remove("service_tier");
      object.put("system_fingerprint", FINGERPRINT);
      object.set("usage", usage(reply.usage()));
      object.set("timings", timings(reply));
    }
    return body;
  }

  @Override
  public AnswerStream stream(Reply reply) {
    return new LlamaCppStream(reply);
  }

  static ObjectNode head(Reply reply) {
    return Json.object()
        .put("created", reply.created().getEpochSecond())
        .put("id", "chatcmpl-simulated-" + reply.number())
        .put("model", reply.model())
        .put("system_fingerprint", FINGERPRINT)
        .put("object", "chat.completion.chunk");
  }

  static ObjectNode usage(SimulatedUsage used) {
    ObjectNode usage =
        Json.object()
            .put("completion_tokens", used.completion())
            .put("prompt_tokens", used.prompt())
            .put("total_tokens", used.total());
    usage.putObject("prompt_tokens_details").put("cached_tokens", used.cached());
    return usage;
  }

  /** Of the prompt, only what was not in the cache was evaluated. Times are in milliseconds. */
  static ObjectNode timings(Reply reply) {
    SimulatedUsage used = reply.usage();
    double millis = Math.max(reply.took().toNanos(), 1) / (double) Duration.ofMillis(1).toNanos();
    int evaluated = used.prompt() - used.cached();
    ObjectNode timings = Json.object().put("cache_n", used.cached());
    addTiming(timings, "prompt", evaluated, millis);
    addTiming(timings, "predicted", used.completion(), millis);
    return timings;
  }

  private static void addTiming(ObjectNode timings, String what, int tokens, double millis) {
    timings
        .put(what + "_n", tokens)
        .put(what + "_ms", millis)
        .put(what + "_per_token_ms", millis / Math.max(1, tokens))
        .put(what + "_per_second", tokens * 1000 / millis);
  }
}
