package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose server the simulator is for a request. */
enum Vendor {
  OPEN_AI("x-request-id"),
  AZURE("apim-request-id"),
  ANTHROPIC("request-id"),
  GEMINI(""),
  OLLAMA(""),
  LLAMA_CPP("");

  private final String idHeader;

  Vendor(String idHeader) {
    this.idHeader = idHeader;
  }

  /** The one whose path this is. The list of models has a path that three of them share. */
  static Vendor of(RecordedRequest request, boolean llamaCpp) {
    String path = request.path();
    if (path.startsWith("/api/")) {
      return OLLAMA;
    }
    if (path.startsWith("/openai/")) {
      return AZURE;
    }
    boolean namesAnthropic = request.header("anthropic-version").isPresent();
    if (path.startsWith("/v1/messages") || (path.equals("/v1/models") && namesAnthropic)) {
      return ANTHROPIC;
    }
    if (path.startsWith("/v1beta") || GeminiRoutes.isMethodOfModel(path)) {
      return GEMINI;
    }
    return llamaCpp ? LLAMA_CPP : OPEN_AI;
  }

  JsonNode error(Problem problem) {
    return errors().body(problem);
  }

  private ErrorShape errors() {
    return switch (this) {
      case OPEN_AI, AZURE -> new OpenAiErrors();
      case ANTHROPIC -> new AnthropicErrors();
      case GEMINI -> new GeminiErrors();
      case OLLAMA -> new OllamaErrors();
      case LLAMA_CPP -> new LlamaCppErrors();
    };
  }

  /**
   * The headers of each of its answers.
   *
   * @param more that were asked for; they win
   */
  Map<String, String> headers(String contentType, int number, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("content-type", contentType);
    if (!idHeader.isEmpty()) {
      all.put(idHeader, "req_simulated_" + number);
    }
    all.putAll(more);
    return all;
  }

  /** Whether the wait after a refusal is said in a header; else it is in the body. */
  boolean saysWaitInHeader() {
    return this != GEMINI;
  }

  /** The key of the request, wherever this vendor looks for it. */
  Optional<String> key(RecordedRequest request) {
    Optional<String> inHeader =
        keyHeaders().stream().flatMap(name -> request.header(name).stream()).findFirst();
    Optional<String> key =
        this == GEMINI ? inHeader.or(() -> request.queryParameter("key")) : inHeader;
    return key.map(value -> value.replaceFirst("(?i)^Bearer ", ""));
  }

  private List<String> keyHeaders() {
    return switch (this) {
      case OPEN_AI, OLLAMA -> List.of("authorization");
      case AZURE -> List.of("api-key", "authorization");
      case ANTHROPIC, LLAMA_CPP -> List.of("x-api-key", "authorization");
      case GEMINI -> List.of("x-goog-api-key", "authorization");
    };
  }

  /** How this vendor refuses a key. */
  Problem refusedKey(int number) {
    return switch (this) {
      case GEMINI ->
          new Problem(
              number, 400, "API_KEY_INVALID", "API key not valid. Please pass a valid API key.");
      case ANTHROPIC -> new Problem(number, 401, null, "invalid x-api-key");
      case OLLAMA -> new Problem(number, 401, null, "unauthorized");
      case LLAMA_CPP -> new Problem(number, 401, null, "Invalid API Key");
      case AZURE ->
          new Problem(
              number,
              401,
              "401",
              "Access denied due to invalid subscription key or wrong endpoint.");
      case OPEN_AI -> new Problem(number, 401, "invalid_api_key", "Incorrect API key provided.");
    };
  }
}
