package ai.powertools.router;

import ai.powertools.models.Usage;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A usage as a vendor reports it, before anybody has looked whether it can be true. A number that
 * was not given, or is no count of tokens, is −1.
 */
record ReportedUsage(long input, long cached, long cacheWrite, long output, long reasoning) {
  static final ReportedUsage NONE = new ReportedUsage(-1, -1, -1, -1, -1);

  /** No call has as many tokens: a number above is garbage. */
  private static final double TOO_MANY = 1e12;

  /** OpenAI's {@code usage}, and what those who speak its dialect have made of it. */
  static ReportedUsage ofOpenAi(JsonNode usage) {
    JsonNode details = usage.path("prompt_tokens_details");
    long input = count(usage.path("prompt_tokens"));
    long output = count(usage.path("completion_tokens"));
    long reasoning = count(usage.path("completion_tokens_details").path("reasoning_tokens"));
    // xAI and Google count the reasoning beside the output, which only the total gives away.
    if (reasoning > 0
        && input >= 0
        && output >= 0
        && count(usage.path("total_tokens")) == input + output + reasoning) {
      output += reasoning;
    }
    return new ReportedUsage(
        input,
        firstOf(
            details.path("cached_tokens"),
            usage.path("prompt_cache_hit_tokens"), // DeepSeek
            usage.path("num_cached_tokens"), // Mistral
            usage.path("cached_tokens")), // Together
        count(details.path("cache_write_tokens")), // OpenRouter
        output,
        reasoning);
  }

  /** Ollama's counts. */
  static ReportedUsage ofOllama(JsonNode last) {
    long input = count(last.path("prompt_eval_count"));
    return new ReportedUsage(input, 0, 0, count(last.path("eval_count")), 0);
  }

  /** Whether it can be the usage of an answer that has some text, or none. */
  boolean isPlausible(boolean hasText) {
    return input > 0 && output >= (hasText ? 1 : 0);
  }

  /** The parts cut down to their wholes. */
  Usage normalised() {
    return completed(0, 0);
  }

  /** The same, with counts of one's own in the place of those that are missing. */
  Usage completed(long ownInput, long ownOutput) {
    long in = input > 0 ? input : ownInput;
    long out = output > 0 ? output : ownOutput;
    long read = Math.min(Math.max(0, cached), in);
    long written = Math.min(Math.max(0, cacheWrite), in - read);
    return new Usage(in, read, written, out, Math.min(Math.max(0, reasoning), out));
  }

  private static long firstOf(JsonNode... nodes) {
    for (JsonNode node : nodes) {
      if (count(node) >= 0) {
        return count(node);
      }
    }
    return -1;
  }

  private static long count(JsonNode node) {
    double value = node.isNumber() ? node.doubleValue() : -1;
    return value >= 0 && value < TOO_MANY ? (long) value : -1;
  }
}
