package ai.powertools.router.providers;

import ai.powertools.models.UnreadableUsageException;
import ai.powertools.models.UsageReader;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Content;
import ai.powertools.router.FinishReason;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads Anthropic's messages, whole or event by event. */
final class AnthropicDecoder implements Decoder {
  private static final UsageReader READER = UsageReader.anthropic();

  private final Exchange exchange;
  private final Answer answer;

  /** Numbers repeat in later events, but not all of them. */
  private final ObjectNode usage = Json.object();

  /** Blocks that only the vendor understands, until they are whole; and their inputs. */
  private final Map<Integer, ObjectNode> open = new HashMap<>();

  private final Map<Integer, StringBuilder> inputs = new HashMap<>();
  private String model = "";
  private boolean begun;
  private boolean ended;

  AnthropicDecoder(Exchange exchange, Answer answer) {
    this.exchange = exchange;
    this.answer = answer;
  }

  @Override
  public void whole(JsonNode body) {
    if (Json.text(body, "type").equals("error") || body.hasNonNull("error")) {
      throw exchange.failure(VendorError.ofBody(body));
    }
    head(body);
    begun = body.path("content").isArray();
    int index = 0;
    for (JsonNode block : body.path("content")) {
      start(block, index);
      stop(index++);
    }
    answer.report().finishReason(Json.text(body, "stop_reason"));
  }

  @Override
  public void event(String name, byte[] data, int length) throws IOException {
    JsonNode event = Json.parse(data, 0, length);
    String type = Json.text(event, "type");
    int index = event.path("index").asInt(0);
    switch (type.isEmpty() ? name : type) {
      case "error" -> throw exchange.failure(VendorError.ofBody(event));
      case "message_start" -> {
        begun = true;
        head(event.path("message"));
        soFar();
      }
      case "content_block_start" -> start(event.path("content_block"), index);
      case "content_block_delta" -> delta(event.path("delta"), index);
      case "content_block_stop" -> stop(index);
      case "message_delta" -> {
        used(event.path("usage"));
        answer.report().finishReason(Json.text(event.path("delta"), "stop_reason"));
        soFar();
      }
      case "message_stop" -> ended = true;
      default -> {} // pings, and what is not known yet
    }
  }

  private void head(JsonNode message) {
    model = Json.text(message, "model");
    answer.report().responseId(Json.text(message, "id"));
    used(message.path("usage"));
  }

  private void used(JsonNode more) {
    for (Map.Entry<String, JsonNode> field : more.properties()) {
      if (!field.getValue().isNull()) {
        usage.set(field.getKey(), field.getValue());
      }
    }
  }

  private void soFar() {
    try {
      answer.used(READER.read(billed().toString()));
    } catch (UnreadableUsageException e) {
      return; // the end may say more
    }
  }

  private ObjectNode billed() {
    ObjectNode body = Json.object().put("model", model);
    body.set("usage", usage);
    return body;
  }

  private void start(JsonNode block, int index) {
    switch (Json.text(block, "type")) {
      case "text" -> answer.text(Json.text(block, "text"));
      case "thinking" -> {
        answer.beginReasoning();
        answer.reasoning(Json.text(block, "thinking"));
        signature(Json.text(block, "signature"));
      }
      case "tool_use" ->
          answer.toolCall(
              index, Json.text(block, "id"), Json.text(block, "name"), input(block.path("input")));
      default -> {
        if (block instanceof ObjectNode object) {
          open.put(index, object.deepCopy());
        }
      }
    }
  }

  /** A stream begins with an empty object, and tells of the input later. */
  private static String input(JsonNode input) {
    return input.isObject() && !input.isEmpty() ? input.toString() : "";
  }

  private void delta(JsonNode delta, int index) {
    switch (Json.text(delta, "type")) {
      case "text_delta" -> answer.text(Json.text(delta, "text"));
      case "thinking_delta" -> answer.reasoning(Json.text(delta, "thinking"));
      case "signature_delta" -> signature(Json.text(delta, "signature"));
      case "input_json_delta" -> {
        String json = Json.text(delta, "partial_json");
        if (open.containsKey(index)) {
          inputs.computeIfAbsent(index, none -> new StringBuilder()).append(json);
        } else {
          answer.toolCall(index, "", "", json);
        }
      }
      default -> {} // citations, and what is not known yet
    }
  }

  private void signature(String signature) {
    if (!signature.isEmpty()) {
      answer.reasoningState(
          new Content.VendorState(AnthropicBlocks.API, Map.of("signature", signature)));
    }
  }

  private void stop(int index) {
    ObjectNode block = open.remove(index);
    StringBuilder input = inputs.remove(index);
    if (block == null) {
      return;
    }
    if (input != null && !input.isEmpty()) {
      block.set("input", Json.objectOr(input.toString()));
    }
    answer.part(
        new Content.VendorPart(
            new Content.VendorState(AnthropicBlocks.API, Map.of("json", block.toString()))));
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public boolean isWhole() {
    return ended || !answer.report().finishReason().isEmpty();
  }

  @Override
  public ChatResponse response(Optional<String> requestId) {
    if (!begun) {
      throw AnswerReader.malformed(exchange, "it has no content");
    }
    if (!usage.isEmpty()) {
      answer.report().usage(READER, billed(), usage);
    }
    return answer.response(model, reason(), requestId);
  }

  private FinishReason reason() {
    return switch (answer.report().finishReason()) {
      case "end_turn", "stop_sequence" -> FinishReason.STOP;
      case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
      case "tool_use" -> FinishReason.TOOL_CALLS;
      case "refusal" -> FinishReason.REFUSAL;
      case "pause_turn", "compaction" -> FinishReason.PAUSE;
      default -> FinishReason.OTHER;
    };
  }
}
