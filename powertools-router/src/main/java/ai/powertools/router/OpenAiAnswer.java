package ai.powertools.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads chat completions off an exchange, whole or chunk by chunk. For one call. */
final class OpenAiAnswer {
  private final Exchange exchange;
  private final Arrival arrival;
  private String model = "";
  private String finishReason = "";
  private ReportedUsage usage = ReportedUsage.NONE;
  private boolean begun;
  private boolean refused;
  private boolean done;

  OpenAiAnswer(Exchange exchange, Arrival arrival) {
    this.exchange = exchange;
    this.arrival = arrival;
  }

  /** An answer that comes as one JSON object. */
  ChatResponse whole() {
    try {
      take(Json.parse(exchange.readAll()), "message");
    } catch (JsonProcessingException e) {
      throw malformed("it is not JSON");
    }
    return response();
  }

  /** An answer that comes as events, the text handed on as it arrives. */
  ChatResponse stream() {
    SseReader reader = new SseReader(this::event);
    @Nullable IOException broken;
    try {
      broken = exchange.pump(reader::feed, () -> done);
    } catch (IOException e) {
      throw malformed("an event of the stream is not JSON");
    }
    giveLast(reader);
    if (!done && finishReason.isEmpty()) {
      throw exchange.cut(broken);
    }
    return response();
  }

  /** What stands at the end without a blank line is an event too, if it is whole. */
  private static void giveLast(SseReader reader) {
    try {
      reader.end();
    } catch (IOException halfAnEvent) {
      // Whether something is missing, the finish reason tells.
    }
  }

  private void event(SseReader.Event event) throws IOException {
    String data = event.data().strip();
    if (done) {
      return;
    }
    if (data.equals("[DONE]")) {
      done = true;
      return;
    }
    JsonNode json = Json.parse(data);
    if (event.name().equals("error")) {
      throw exchange.failure(VendorError.ofBody(json));
    }
    take(json, "delta");
  }

  private void take(JsonNode json, String part) {
    if (json.hasNonNull("error")) {
      throw exchange.failure(VendorError.ofBody(json));
    }
    if (model.isEmpty()) {
      model = Json.text(json, "model");
    }
    if (json.path("usage").isObject()) {
      usage = ReportedUsage.ofOpenAi(json.path("usage"));
    }
    JsonNode choice = json.path("choices").path(0);
    if (!choice.isObject()) {
      return;
    }
    begun = true;
    JsonNode content = choice.path(part);
    String refusal = Json.text(content, "refusal");
    refused |= !refusal.isEmpty();
    String reason = Json.text(choice, "finish_reason");
    finishReason = reason.isEmpty() ? finishReason : reason;
    arrival.add(text(content.path("content")));
    arrival.add(refusal);
  }

  /** A text, or Mistral's list of parts, of which the thoughts are not the answer. */
  private static String text(JsonNode content) {
    if (!content.isArray()) {
      return content.isTextual() ? content.asText() : "";
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(Json.text(part, "text"));
    }
    return text.toString();
  }

  private ChatResponse response() {
    if (!begun) {
      throw malformed("it has no choices");
    }
    if (finishReason.equals("error")) {
      throw exchange.failure(ErrorKind.SERVER, "the vendor ended it with an error").build();
    }
    return arrival.response(
        model, usage, refused ? FinishReason.CONTENT_FILTER : reason(), exchange.requestId());
  }

  private FinishReason reason() {
    return switch (finishReason.toLowerCase(Locale.ROOT)) {
      case "", "stop", "eos", "eos_token", "end_turn", "stop_sequence" -> FinishReason.STOP;
      case "length", "max_tokens", "model_length" -> FinishReason.LENGTH;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.OTHER;
    };
  }

  /** Without the parser's words, which may quote what it stumbled over. */
  private ProviderException malformed(String why) {
    return exchange
        .failure(ErrorKind.MALFORMED_RESPONSE, "the answer can't be read: " + why)
        .build();
  }
}
