package ai.powertools.models;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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

  /**
   * A whole conversation with its roles and names. A name is its tokens and one more, as in
   * OpenAI's cookbook; a role of more than one token is counted for what is over the one in {@code
   * perMessage}. Where the template puts nothing around a message, neither is counted.
   */
  TokenCount around(List<PromptMessage> messages, Function<String, TokenCount> text) {
    List<TokenCount> counts = new ArrayList<>(messages.size());
    for (PromptMessage message : messages) {
      TokenCount count = text.apply(message.text());
      if (perMessage > 0) {
        count = count.plus(roleBeyondOne(message.role(), text));
        if (message.name().isPresent()) {
          count = count.plus(text.apply(message.name().get())).plus(TokenCount.exactly(1));
        }
      }
      counts.add(count);
    }
    return around(counts);
  }

  private static TokenCount roleBeyondOne(String role, Function<String, TokenCount> text) {
    if (PromptMessage.COMMON_ROLES.contains(role)) {
      return TokenCount.exactly(0);
    }
    TokenCount count = text.apply(role);
    long tokens = Math.max(0, count.tokens() - 1);
    long atMost = Math.max(tokens, count.atMost() - 1);
    return new TokenCount(tokens, count.exact(), atMost);
  }

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
