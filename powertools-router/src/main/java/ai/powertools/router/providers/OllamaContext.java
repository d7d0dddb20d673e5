package ai.powertools.router.providers;

import ai.powertools.models.TokenCount;
import ai.powertools.models.TokenCounter;
import ai.powertools.models.Tokenizer;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Message;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a context one of Ollama's models has. Ollama cuts off the beginning of a conversation
 * that is longer than its window, without a word, so a window that is long enough is asked for.
 *
 * @param tokens the most that input and output may have together
 * @param given whether the model's own file sets it, so that nobody has to ask
 */
record OllamaContext(long tokens, boolean given) {
  /**
   * The window that Ollama gives when nobody asks for another, by its <a
   * href="https://github.com/ollama/ollama/blob/main/docs/faq.md">FAQ</a>; and what is assumed of a
   * model of which nothing can be learnt.
   */
  static final long DEFAULT = 4_096;

  /** Nothing has been learnt: as long a window as is needed may be asked for. */
  static final OllamaContext UNKNOWN = new OllamaContext(Long.MAX_VALUE, false);

  /** Room for an answer that has no limit of its own. */
  private static final int USUAL_ANSWER = 1_024;

  private static final Pattern NUM_CTX = Pattern.compile("(?m)^num_ctx\\s+(\\d{1,9})\\s*$");

  /**
   * What {@code /api/show} says: the window that the model's file sets, since whoever wrote it
   * knows the machine; or what the model was trained for; unknown if it says neither.
   */
  static OllamaContext of(JsonNode shown) {
    Matcher set = NUM_CTX.matcher(Json.text(shown, "parameters"));
    if (set.find()) {
      return new OllamaContext(Math.max(1, Long.parseLong(set.group(1))), true);
    }
    JsonNode info = shown.path("model_info");
    JsonNode trained = info.path(Json.text(info, "general.architecture") + ".context_length");
    return trained.canConvertToInt() && trained.asInt() > 0
        ? new OllamaContext(trained.asInt(), false)
        : UNKNOWN;
  }

  /** What a router may count on. */
  long assumed() {
    return equals(UNKNOWN) ? DEFAULT : tokens;
  }

  /**
   * The window to ask for; empty when the one that is there holds the conversation and its answer,
   * or can't be larger. A power of two, since with another window Ollama loads the model again.
   */
  OptionalLong windowFor(ChatRequest request) {
    if (given || tokens <= DEFAULT) {
      return OptionalLong.empty();
    }
    List<String> contents = request.messages().stream().map(Message::text).toList();
    TokenCount input = TokenCounter.of(Tokenizer.OTHER).countChat(contents);
    long needed = input.atMost() + request.maxOutputTokens().orElse(USUAL_ANSWER);
    return needed <= DEFAULT
        ? OptionalLong.empty()
        : OptionalLong.of(Math.min(Long.highestOneBit(needed - 1) * 2, tokens));
  }
}
