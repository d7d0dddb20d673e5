package ai.powertools.router.providers;

import ai.powertools.models.UnreadableUsageException;
import ai.powertools.models.UsageReader;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Content;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.Media;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Gemini's answers, whole or chunk by chunk. Usage repeats in every chunk; the last counts.
 */
final class GeminiDecoder implements Decoder {
  private static final UsageReader READER = UsageReader.gemini();

  private final Exchange exchange;
  private final Answer answer;
  private final ObjectNode billed = Json.object();
  private String model = "";
  private boolean begun;
  private int calls;

  GeminiDecoder(Exchange exchange, Answer answer) {
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

  private void take(JsonNode chunk) {
    if (chunk.hasNonNull("error")) {
      throw exchange.failure(VendorError.ofBody(chunk));
    }
    if (model.isEmpty()) {
      model = Json.text(chunk, "modelVersion");
      answer.report().responseId(Json.text(chunk, "responseId"));
    }
    used(chunk);
    JsonNode candidate = chunk.path("candidates").path(0);
    if (candidate.isObject()) {
      begun = true;
      for (JsonNode part : candidate.path("content").path("parts")) {
        part(part);
      }
      answer.report().finishReason(Json.text(candidate, "finishReason"));
      if (candidate.path("groundingMetadata").isObject()) {
        ObjectNode searched = billed.putArray("candidates").addObject();
        searched.set("groundingMetadata", candidate.path("groundingMetadata"));
      }
    }
    String blocked = Json.text(chunk.path("promptFeedback"), "blockReason");
    if (!blocked.isEmpty()) {
      throw exchange
          .failure(ErrorKind.CONTENT_POLICY, "the prompt was blocked: " + blocked)
          .build();
    }
  }

  private void used(JsonNode chunk) {
    JsonNode usage = chunk.path("usageMetadata");
    if (!usage.isObject()) {
      return;
    }
    billed.set("usageMetadata", usage);
    billed.put("modelVersion", model);
    try {
      answer.used(READER.read(billed.toString()));
    } catch (UnreadableUsageException e) {
      return; // the last chunk may say more
    }
  }

  private void part(JsonNode part) {
    String text = Json.text(part, "text");
    Optional<Content.VendorState> signature = signature(part);
    if (part.path("thought").asBoolean(false)) {
      answer.reasoning(text);
      signature.ifPresent(answer::reasoningState);
    } else if (part.path("functionCall").isObject()) {
      call(part.path("functionCall"), part);
    } else if (part.path("inlineData").isObject()) {
      media(part.path("inlineData"));
      signature.ifPresent(this::hidden);
    } else if (part.path("text").isTextual()) {
      answer.text(text);
      signature.ifPresent(this::hidden);
    } else if (part.isObject()) {
      answer.part(
          new Content.VendorPart(
              new Content.VendorState(GeminiRequest.API, Map.of("json", part.toString()))));
    }
  }

  /** Thoughts that nobody sees, after what they led to. */
  private void hidden(Content.VendorState state) {
    answer.beginReasoning();
    answer.reasoningState(state);
  }

  private void call(JsonNode function, JsonNode part) {
    int key = calls++;
    String id = Json.text(function, "id");
    JsonNode arguments = function.path("args");
    Map<String, String> state = new HashMap<>();
    if (!id.isEmpty()) {
      state.put("id", id);
    }
    String signature = Json.text(part, "thoughtSignature");
    if (!signature.isEmpty()) {
      state.put("thoughtSignature", signature);
    }
    answer.toolCall(
        key, id, Json.text(function, "name"), arguments.isObject() ? arguments.toString() : "{}");
    if (!state.isEmpty()) {
      answer.toolCallState(key, new Content.VendorState(GeminiRequest.API, state));
    }
  }

  private void media(JsonNode blob) {
    String type = Json.text(blob, "mimeType");
    try {
      Media media = Media.ofBase64(Json.text(blob, "data"), type);
      answer.part(type.startsWith("audio/") ? new Content.Audio(media) : new Content.Image(media));
    } catch (IllegalArgumentException e) {
      throw AnswerReader.malformed(exchange, "an image in it is none");
    }
  }

  private static Optional<Content.VendorState> signature(JsonNode part) {
    String signature = Json.text(part, "thoughtSignature");
    return signature.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Content.VendorState(GeminiRequest.API, Map.of("thoughtSignature", signature)));
  }

  /** Its streams have no end but that of the connection. */
  @Override
  public boolean hasEnded() {
    return false;
  }

  @Override
  public boolean isWhole() {
    return !answer.report().finishReason().isEmpty();
  }

  @Override
  public ChatResponse response(Optional<String> requestId) {
    if (!begun) {
      throw AnswerReader.malformed(exchange, "it has no candidates");
    }
    if (billed.has("usageMetadata")) {
      answer.report().usage(READER, billed, billed.path("usageMetadata"));
    }
    return answer.response(model, reason(), requestId);
  }

  private FinishReason reason() {
    return switch (answer.report().finishReason()) {
      case "STOP" -> answer.hasToolCalls() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
      case "MAX_TOKENS" -> FinishReason.LENGTH;
      case "SAFETY",
          "RECITATION",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION" ->
          FinishReason.CONTENT_FILTER;
      default -> FinishReason.OTHER;
    };
  }
}
