package ai.powertools.router.providers;

import ai.powertools.models.UsageReader;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.FinishReason;
import ai.powertools.router.ServerTimings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Reads Ollama's answer, whole or line by line. */
final class OllamaDecoder implements Decoder {
  private static final UsageReader READER = UsageReader.ollama();

  private static final String[] COUNTS = {"prompt_eval_count", "eval_count"};

  private final Exchange exchange;
  private final Answer answer;
  private String model = "";
  private int calls;
  private boolean ended;

  OllamaDecoder(Exchange exchange, Answer answer) {
    this.exchange = exchange;
    this.answer = answer;
  }

  @Override
  public void whole(JsonNode body) {
    take(body);
  }

  @Override
  public void event(String name, byte[] data, int length) throws IOException {
    take(Json.parse(data, 0, length));
  }

  private void take(JsonNode json) {
    if (json.hasNonNull("error")) {
      throw exchange.failure(VendorError.ofBody(json));
    }
    JsonNode message = json.path("message");
    answer.reasoning(Json.text(message, "thinking"));
    answer.text(Json.text(message, "content"));
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      JsonNode arguments = function.path("arguments");
      answer.toolCall(
          calls++,
          Json.text(call, "id"),
          Json.text(function, "name"),
          arguments.isObject() ? arguments.toString() : "{}");
    }
    if (json.path("done").asBoolean(false)) {
      end(json);
    }
  }

  private void end(JsonNode last) {
    ended = true;
    model = Json.text(last, "model");
    answer.report().finishReason(Json.text(last, "done_reason"));
    ObjectNode used = Json.object();
    for (String count : COUNTS) {
      if (last.path(count).isNumber()) {
        used.set(count, last.path(count));
      }
    }
    if (!used.isEmpty()) {
      ObjectNode body = used.deepCopy().put("model", model);
      answer.report().usage(READER, body.put("done", true), used);
      answer.report().usage().ifPresent(answer::used);
    }
    if (last.path("eval_duration").isNumber() || last.path("total_duration").isNumber()) {
      answer.report().timings(timings(last));
    }
  }

  private static ServerTimings timings(JsonNode last) {
    return new ServerTimings(
        last.path("load_duration").isNumber()
            ? Optional.of(nanos(last.path("load_duration")))
            : Optional.empty(),
        nanos(last.path("prompt_eval_duration")),
        nanos(last.path("eval_duration")),
        Math.max(0, last.path("prompt_eval_count").asLong(0)),
        Math.max(0, last.path("eval_count").asLong(0)));
  }

  private static Duration nanos(JsonNode node) {
    return Duration.ofNanos(Math.max(0, node.asLong(0)));
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public boolean isWhole() {
    return ended;
  }

  @Override
  public ChatResponse response(Optional<String> requestId) {
    if (!ended) {
      throw AnswerReader.malformed(exchange, "it is not Ollama's JSON");
    }
    FinishReason reason =
        switch (answer.report().finishReason()) {
          // Older ones give no reason.
          case "", "stop" -> answer.hasToolCalls() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
          case "length" -> FinishReason.LENGTH;
          default -> FinishReason.OTHER;
        };
    return answer.response(model, reason, requestId);
  }
}
