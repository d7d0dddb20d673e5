package ai.powertools.models;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;
import java.util.function.Function;

/** The counters of all families of tokenizer. */
final class TokenCounters {
  /** Loads a vocabulary when it is first asked for, once, whichever thread asks. */
  private static final EncodingRegistry VOCABULARIES = Encodings.newLazyEncodingRegistry();

  private TokenCounters() {}

  static TokenCounter of(Tokenizer tokenizer) {
    return switch (tokenizer) {
      case O200K_BASE -> counter(TokenCounters::o200k, ChatTemplate.OPENAI);
      case CL100K_BASE -> counter(TokenCounters::cl100k, ChatTemplate.OPENAI);
      case O200K_HARMONY -> counter(TokenCounters::o200k, ChatTemplate.HARMONY);
      case WORDS -> counter(TokenCounters::words, ChatTemplate.NONE);
      default -> counter(TokenEstimate.of(tokenizer)::of, ChatTemplate.UNPUBLISHED);
    };
  }

  /** The number of tokens of a text in OpenAI's vocabulary, which the estimates start from. */
  static long o200kTokens(String text) {
    return VOCABULARIES.getEncoding(EncodingType.O200K_BASE).countTokensOrdinary(text);
  }

  private static TokenCount o200k(String text) {
    return TokenCount.exactly(o200kTokens(text));
  }

  private static TokenCount cl100k(String text) {
    return TokenCount.exactly(
        VOCABULARIES.getEncoding(EncodingType.CL100K_BASE).countTokensOrdinary(text));
  }

  private static TokenCount words(String text) {
    long words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      boolean space = Character.isWhitespace(text.charAt(i));
      if (!space && !inWord) {
        words++;
      }
      inWord = !space;
    }
    return TokenCount.exactly(words);
  }

  private static TokenCounter counter(Function<String, TokenCount> text, ChatTemplate template) {
    return new TokenCounter() {
      @Override
      public TokenCount count(String content) {
        return text.apply(content);
      }

      @Override
      public TokenCount countChat(List<String> contents) {
        return template.around(contents.stream().map(text).toList());
      }
    };
  }
}
