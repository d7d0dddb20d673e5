package ai.powertools.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads Ollama's answer off an exchange, whole or line by line. For one call. */
final class OllamaAnswer {
  private final Exchange exchange;
  private final Arrival arrival;
  private @Nullable JsonNode last;

  OllamaAnswer(Exchange exchange, Arrival arrival) {
    this.exchange = exchange;
    this.arrival = arrival;
  }

  /** An answer that comes as one JSON object. */
  ChatResponse whole() {
    try {
      take(Json.parse(exchange.readAll()));
    } catch (JsonProcessingException e) {
      throw malformed();
    }
    if (last == null) {
      throw malformed();
    }
    return response(last);
  }

  /** An answer that comes as one JSON object a line, the text handed on as it arrives. */
  ChatResponse stream() {
    Lines lines = new Lines(this::line);
    @Nullable IOException broken;
    try {
      broken = exchange.pump(lines::feed, () -> last != null);
    } catch (IOException e) {
      throw malformed();
    }
    giveLast(lines);
    if (last == null) {
      throw exchange.cut(broken);
    }
    return response(last);
  }

  /** The last line is one without its end too, if it is whole. */
  private static void giveLast(Lines lines) {
    try {
      lines.end();
    } catch (IOException halfALine) {
      // Then the answer has no end, which says it all.
    }
  }

  private void line(String line) throws IOException {
    if (!line.isBlank() && last == null) {
      take(Json.parse(line));
    }
  }

  private void take(JsonNode json) {
    if (json.hasNonNull("error")) {
      throw exchange.failure(VendorError.ofBody(json));
    }
    arrival.add(Json.text(json.path("message"), "content"));
    if (json.path("done").asBoolean(false)) {
      last = json;
    }
  }

  private ChatResponse response(JsonNode end) {
    FinishReason reason =
        switch (Json.text(end, "done_reason")) {
          case "", "stop" -> FinishReason.STOP; // older ones give no reason
          case "length" -> FinishReason.LENGTH;
          default -> FinishReason.OTHER;
        };
    return arrival.response(
        Json.text(end, "model"), ReportedUsage.ofOllama(end), reason, exchange.requestId());
  }

  private ProviderException malformed() {
    return exchange
        .failure(ErrorKind.MALFORMED_RESPONSE, "the answer can't be read: it is not Ollama's JSON")
        .build();
  }
}
