package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;

/** Errors as Ollama writes them: a message and nothing else. */
final class OllamaErrors implements ErrorShape {
  @Override
  public JsonNode body(Problem problem) {
    return Json.object().put("error", problem.message());
  }
}
