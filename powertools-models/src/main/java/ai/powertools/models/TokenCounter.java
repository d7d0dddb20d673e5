package ai.powertools.models;

import java.util.List;

/**
 * Counts the tokens that a model will see, before it is called. Implementations are thread-safe.
 *
 * <pre>{@code
 * TokenCount prompt =
 *     catalog
 *         .tokens(model)
 *         .count(
 *             List.of(PromptMessage.user("What is the weather in Paris?")),
 *             List.of(PromptTool.of("weather", "The weather of a city", "{\"type\":\"object\"}")));
 * }</pre>
 *
 * <p>Get one from {@link ModelCatalog#tokens} or {@link #of}; bring your own with a {@link
 * TokenCounterProvider}.
 */
public interface TokenCounter {

  /** The tokens of a text alone. Text that looks like a special token is counted as plain text. */
  TokenCount count(String text);

  /**
   * The tokens of a conversation as the model is charged for it: the messages, and what the chat
   * template puts around them.
   *
   * @param contents the text of each message, in order
   */
  TokenCount countChat(List<String> contents);

  /**
   * The tokens of a prompt with the tools that the model may call. An estimate wherever the vendor
   * does not publish how it writes tools into the prompt, with a bound in {@link
   * TokenCount#atMost}.
   *
   * @param messages in order; their text only, since what images count is not text
   * @param tools in order; empty when there are none
   */
  TokenCount count(List<PromptMessage> messages, List<PromptTool> tools);

  /** The counter for a family of tokenizer. Vocabularies are loaded on first use, once. */
  static TokenCounter of(Tokenizer tokenizer) {
    return TokenCounters.of(tokenizer);
  }
}
