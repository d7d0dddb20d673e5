package ai.powertools.models;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Gemini counts: the prompt with its cached part, tool prompts beside it, thoughts beside the
 * candidates, and lists of all of these by modality. Documents are read as images.
 */
final class GeminiUsage {
  private static final Map<String, Unit> INPUT =
      Map.of(
          "TEXT", Unit.INPUT_TEXT_TOKENS,
          "AUDIO", Unit.INPUT_AUDIO_TOKENS,
          "IMAGE", Unit.INPUT_IMAGE_TOKENS,
          "DOCUMENT", Unit.INPUT_IMAGE_TOKENS,
          "VIDEO", Unit.INPUT_VIDEO_TOKENS);

  private static final Map<String, Unit> CACHED =
      Map.of(
          "TEXT", Unit.CACHE_TEXT_READ_TOKENS,
          "AUDIO", Unit.CACHE_AUDIO_READ_TOKENS,
          "IMAGE", Unit.CACHE_IMAGE_READ_TOKENS,
          "DOCUMENT", Unit.CACHE_IMAGE_READ_TOKENS,
          "VIDEO", Unit.CACHE_VIDEO_READ_TOKENS);

  private static final Map<String, Unit> OUTPUT =
      Map.of(
          "TEXT", Unit.OUTPUT_TEXT_TOKENS,
          "AUDIO", Unit.OUTPUT_AUDIO_TOKENS,
          "IMAGE", Unit.OUTPUT_IMAGE_TOKENS,
          "DOCUMENT", Unit.OUTPUT_IMAGE_TOKENS,
          "VIDEO", Unit.OUTPUT_VIDEO_TOKENS);

  private static final Map<String, Unit> TOOL =
      Map.of(
          "TEXT", Unit.INPUT_TEXT_TOOL_TOKENS,
          "AUDIO", Unit.INPUT_AUDIO_TOOL_TOKENS,
          "IMAGE", Unit.INPUT_IMAGE_TOOL_TOKENS,
          "DOCUMENT", Unit.INPUT_IMAGE_TOOL_TOKENS,
          "VIDEO", Unit.INPUT_VIDEO_TOOL_TOKENS);

  private GeminiUsage() {}

  static UsageLayout layout() {
    return UsageLayout.at("gemini", "usageMetadata")
        .modelAt("modelVersion")
        .may("promptTokenCount", Unit.INPUT_TOKENS)
        .may("cachedContentTokenCount", Unit.CACHE_READ_TOKENS)
        .may("candidatesTokenCount|responseTokenCount", Unit.OUTPUT_TOKENS)
        .may("thoughtsTokenCount", Unit.OUTPUT_TOKENS, Unit.OUTPUT_REASONING_TOKENS)
        .may("toolUsePromptTokenCount", Unit.INPUT_TOKENS, Unit.INPUT_TOOL_TOKENS)
        .byModality("cacheTokensDetails", CACHED)
        .byModality("promptTokensDetails", INPUT)
        .byModality("candidatesTokensDetails", OUTPUT)
        .byModality("toolUsePromptTokensDetails", INPUT)
        .byModality("toolUsePromptTokensDetails", TOOL);
  }

  /** How often the web was searched: Gemini lists the queries of each candidate. */
  static long searches(@Nullable Object body) {
    long queries = 0;
    for (Object candidate : JsonTree.list(JsonTree.at(body, "candidates"))) {
      List<?> asked = JsonTree.list(JsonTree.at(candidate, "groundingMetadata.webSearchQueries"));
      queries += asked.stream().filter(query -> query instanceof String q && !q.isBlank()).count();
    }
    return queries;
  }
}
