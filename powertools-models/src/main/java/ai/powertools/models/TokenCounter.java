package ai.powertools.models;

import java.util.List;

/**
 * Counts the tokens that a model will see, before it is called. Implementations are thread-safe.
 *
 * <p>Get one from {@link ModelCatalog#tokens} or {@link #of}.
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

  /** The counter for a family of tokenizer. Vocabularies are loaded on first use, once. */
  static TokenCounter of(Tokenizer tokenizer) {
    return TokenCounters.of(tokenizer);
  }
}
