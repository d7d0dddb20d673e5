package ai.powertools.models;

/**
 * How many tokens a chat template puts around the messages, and how much more it may be.
 *
 * @param perMessage tokens around each message
 * @param perRequest tokens around the whole, such as the opening of the answer
 * @param marginPerMessage what {@code perMessage} may be short of
 * @param marginPerRequest what {@code perRequest} may be short of
 */
record ChatTemplate(int perMessage, int perRequest, int marginPerMessage, int marginPerRequest) {

  /** The messages alone. */
  static final ChatTemplate NONE = new ChatTemplate(0, 0, 0, 0);

  /**
   * OpenAI's models: 3 tokens and the role, which is 1, per message; 3 that open the answer. From
   * OpenAI's cookbook, <a
   * href="https://github.com/openai/openai-cookbook/blob/main/examples/How_to_count_tokens_with_tiktoken.ipynb">How
   * to count tokens with tiktoken</a>, which calls it an estimate that may change from model to
   * model; hence the margin, which is ours.
   */
  static final ChatTemplate OPENAI = new ChatTemplate(4, 3, 2, 16);

  /**
   * The harmony format of OpenAI's open-weight models: start, role, message and end around each
   * message; a system message that every request gets (57 tokens of text as <a
   * href="https://cookbook.openai.com/articles/openai-harmony">documented</a>, 4 around it) and 2
   * that open the answer. Hosts may word that system message differently, hence the margin.
   */
  static final ChatTemplate HARMONY = new ChatTemplate(4, 63, 8, 64);

  /**
   * Where the template is not published, or differs within a family: about what Claude, Llama 3 and
   * Qwen put around a message, with room for a short system prompt that the template adds.
   */
  static final ChatTemplate UNPUBLISHED = new ChatTemplate(5, 3, 8, 64);

  /** The whole conversation, from the counts of its messages taken one by one. */
  TokenCount around(Iterable<TokenCount> messages) {
    long tokens = perRequest;
    long atMost = tokens + marginPerRequest;
    boolean exact = marginPerRequest == 0;
    for (TokenCount message : messages) {
      tokens += message.tokens() + perMessage;
      atMost += message.atMost() + perMessage;
      atMost += marginPerMessage;
      exact &= message.exact();
    }
    return new TokenCount(tokens, exact, atMost);
  }
}
