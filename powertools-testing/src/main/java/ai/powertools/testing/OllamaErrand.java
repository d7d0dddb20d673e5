package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Ollama does besides chats: it loads a model, or fetches one.
 *
 * @param whole what it says at the end, if it does not stream
 */
record OllamaErrand(JsonNode whole) implements Dialect {
  @Override
  public @Nullable String complaint(RecordedRequest request) {
    return complaint(request.body());
  }

  static @Nullable String complaint(JsonNode body) {
    return body.path("model").asText("").isEmpty() ? "model is required" : null;
  }

  @Override
  public Prompt prompt(JsonNode request) {
    return new Prompt(List.of());
  }

  @Override
  public JsonNode whole(Reply reply) {
    return whole;
  }

  @Override
  public AnswerStream stream(Reply reply) {
    return new OllamaPullStream(reply);
  }
}
