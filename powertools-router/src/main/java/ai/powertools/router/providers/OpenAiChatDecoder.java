package ai.powertools.router.providers;

import ai.powertools.models.UsageReader;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Content;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.Media;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Reads chat completions, whole or chunk by chunk. */
final class OpenAiChatDecoder implements Decoder {
  /** Under this name DeepSeek's thoughts are kept for the next turn. */
  static final String API = "openai-chat";

  private final Exchange exchange;
  private final Answer answer;
  private final UsageReader reader;
  private String model = "";
  private boolean begun;
  private boolean refused;
  private boolean done;

  OpenAiChatDecoder(Exchange exchange, Answer answer, UsageReader reader) {
    this.exchange = exchange;
    this.answer = answer;
    this.reader = reader;
  }

  @Override
  public void whole(JsonNode body) {
    take(body, "message");
  }

  @Override
  public void event(String name, byte[] data, int length) throws IOException {
    if (isDone(data, length)) {
      done = true;
      return;
    }
    JsonNode json = Json.parse(data, 0, length);
    if (name.equals("error")) {
      throw exchange.failure(VendorError.ofBody(json));
    }
    take(json, "delta");
  }

  @Override
  public boolean hasEnded() {
    return done;
  }

  @Override
  public boolean isWhole() {
    return done || !answer.report().finishReason().isEmpty();
  }

  private static boolean isDone(byte[] data, int length) {
    return length >= 6
        && data[0] == '['
        && new String(data, 0, length, StandardCharsets.UTF_8).strip().equals("[DONE]");
  }

  private void take(JsonNode json, String part) {
    if (json.hasNonNull("error")) {
      throw exchange.failure(VendorError.ofBody(json));
    }
    head(json);
    for (JsonNode choice : json.path("choices")) {
      if (choice.path("index").asInt(0) == 0) {
        begun = true;
        content(choice.path(part));
        answer.report().finishReason(Json.text(choice, "finish_reason"));
      }
    }
  }

  private void head(JsonNode json) {
    if (model.isEmpty()) {
      model = Json.text(json, "model");
      answer.report().responseId(Json.text(json, "id"));
    }
    answer.report().serviceTier(Json.text(json, "service_tier"));
    JsonNode usage = json.path("usage");
    JsonNode used = usage.isObject() ? usage : json.path("x_groq").path("usage");
    if (used.isObject()) {
      ObjectNode said = Json.object();
      json.properties().stream()
          .filter(field -> !field.getKey().equals("choices"))
          .forEach(field -> said.set(field.getKey(), field.getValue()));
      answer.report().usage(reader, said, used);
      answer.report().usage().ifPresent(answer::used);
    }
    if (json.path("timings").isObject()) {
      answer.report().timings(LlamaCppTimings.of(json.path("timings")));
    }
  }

  private void content(JsonNode content) {
    // DeepSeek, vLLM and llama.cpp; OpenRouter, Groq and LM Studio.
    String thoughts = Json.text(content, "reasoning_content");
    answer.reasoning(thoughts.isEmpty() ? Json.text(content, "reasoning") : thoughts);
    words(content.path("content"));
    String refusal = Json.text(content, "refusal");
    refused |= !refusal.isEmpty();
    answer.text(refusal);
    int position = 0;
    for (JsonNode call : content.path("tool_calls")) {
      JsonNode function = call.path("function");
      answer.toolCall(
          call.path("index").asInt(position++),
          Json.text(call, "id"),
          Json.text(function, "name"),
          arguments(function.path("arguments")));
    }
    for (JsonNode image : content.path("images")) { // OpenRouter
      image(Json.text(image.path("image_url"), "url"));
    }
  }

  /** A text; some servers send the object itself. */
  private static String arguments(JsonNode arguments) {
    return arguments.isTextual()
        ? arguments.asText()
        : arguments.isObject() ? arguments.toString() : "";
  }

  /** A text, or Mistral's list of parts, some of which are thoughts. */
  private void words(JsonNode content) {
    if (content.isTextual()) {
      answer.text(content.asText());
    }
    for (JsonNode part : content) {
      answer.text(Json.text(part, "text"));
      for (JsonNode thought : part.path("thinking")) {
        answer.reasoning(Json.text(thought, "text"));
      }
    }
  }

  private void image(String url) {
    int comma = url.indexOf(";base64,");
    if (url.startsWith("data:") && comma > 0) {
      try {
        answer.part(
            new Content.Image(Media.ofBase64(url.substring(comma + 8), url.substring(5, comma))));
      } catch (IllegalArgumentException e) {
        throw AnswerReader.malformed(exchange, "an image in it is none");
      }
    }
  }

  @Override
  public ChatResponse response(Optional<String> requestId) {
    if (!begun) {
      throw AnswerReader.malformed(exchange, "it has no choices");
    }
    if (answer.report().finishReason().equals("error")) {
      throw exchange.failure(ErrorKind.SERVER, "the vendor ended it with an error").build();
    }
    return answer.response(model, refused ? FinishReason.REFUSAL : reason(), requestId);
  }

  private FinishReason reason() {
    return switch (answer.report().finishReason().toLowerCase(Locale.ROOT)) {
      // Some servers say "stop" of calls, too.
      case "", "stop", "eos", "eos_token", "end_turn", "stop_sequence" ->
          answer.hasToolCalls() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
      case "tool_calls", "function_call", "tool_use" -> FinishReason.TOOL_CALLS;
      case "length", "max_tokens", "model_length" -> FinishReason.LENGTH;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      case "refusal" -> FinishReason.REFUSAL;
      default -> FinishReason.OTHER;
    };
  }
}
