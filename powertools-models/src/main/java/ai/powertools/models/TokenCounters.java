package ai.powertools.models;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The counters of all families of tokenizer. */
final class TokenCounters {
  /** Loads a vocabulary when it is first asked for, once, whichever thread asks. */
  private static final EncodingRegistry VOCABULARIES = Encodings.newLazyEncodingRegistry();

  private static final Vocabulary O200K = new Vocabulary(EncodingType.O200K_BASE);

  private static final Map<Tokenizer, TokenCounter> ALL = all();

  private TokenCounters() {}

  /** Each family has one, made when this class is loaded, so that vocabularies are found once. */
  static TokenCounter of(Tokenizer tokenizer) {
    TokenCounter known = ALL.get(tokenizer);
    return known == null ? counter(tokenizer) : known;
  }

  private static Map<Tokenizer, TokenCounter> all() {
    Map<Tokenizer, TokenCounter> all = new EnumMap<>(Tokenizer.class);
    for (Tokenizer tokenizer : Tokenizer.values()) {
      all.put(tokenizer, counter(tokenizer));
    }
    return all;
  }

  private static TokenCounter counter(Tokenizer tokenizer) {
    return switch (tokenizer) {
      case O200K_BASE -> o200k(ChatTemplate.OPENAI);
      case O200K_HARMONY -> o200k(ChatTemplate.HARMONY);
      case CL100K_BASE ->
          tiktoken(EncodingType.CL100K_BASE, ChatTemplate.OPENAI, ToolTemplate.GPT_4);
      case P50K_BASE -> completions(EncodingType.P50K_BASE);
      case P50K_EDIT -> completions(EncodingType.P50K_EDIT);
      case R50K_BASE -> completions(EncodingType.R50K_BASE);
      case WORDS -> new Counter(TokenCounters::words, null, ChatTemplate.NONE, ToolTemplate.NONE);
      case CLAUDE -> estimated(tokenizer, ToolTemplate.CLAUDE);
      case CLAUDE_4_7 -> estimated(tokenizer, ToolTemplate.CLAUDE_4_7);
      default -> estimated(tokenizer, ToolTemplate.UNPUBLISHED);
    };
  }

  /** The number of tokens of a text in OpenAI's vocabulary, which the estimates start from. */
  static long o200kTokens(String text) {
    return O200K.get().countTokensOrdinary(text);
  }

  /** What {@link ChatTexts} says of a conversation is asked of it once for all counters. */
  static TokenCount countChat(ChatTexts texts, TokenCounter counter) {
    return counter instanceof Counter ours
        ? ours.countChat(texts)
        : counter.countChat(texts.contents());
  }

  private static TokenCounter o200k(ChatTemplate chat) {
    return new Counter(
        text -> TokenCount.exactly(o200kTokens(text)),
        measure -> TokenCount.exactly(measure.o200k()),
        chat,
        ToolTemplate.GPT_4O);
  }

  private static TokenCounter tiktoken(EncodingType type, ChatTemplate chat, ToolTemplate tools) {
    Vocabulary vocabulary = new Vocabulary(type);
    return new Counter(
        text -> TokenCount.exactly(vocabulary.get().countTokensOrdinary(text)), null, chat, tools);
  }

  /** Models without a chat template of their own: whoever chats with them brings one. */
  private static TokenCounter completions(EncodingType vocabulary) {
    return tiktoken(vocabulary, ChatTemplate.UNPUBLISHED, ToolTemplate.UNPUBLISHED);
  }

  private static TokenCounter estimated(Tokenizer tokenizer, ToolTemplate tools) {
    TokenEstimate estimate = TokenEstimate.of(tokenizer);
    return new Counter(estimate::of, estimate::of, ChatTemplate.UNPUBLISHED, tools);
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

  /** Keeps what the registry has found, since asking it takes as long as counting a few words. */
  private static final class Vocabulary {
    private final EncodingType type;
    private volatile @Nullable Encoding encoding;

    Vocabulary(EncodingType type) {
      this.type = type;
    }

    Encoding get() {
      Encoding known = encoding;
      if (known == null) {
        known = VOCABULARIES.getEncoding(type);
        encoding = known;
      }
      return known;
    }
  }

  /**
   * A vocabulary, and what goes around texts in it.
   *
   * @param measured the same as {@code text} by what is known of it; null where that does not do
   */
  private record Counter(
      Function<String, TokenCount> text,
      @Nullable Function<TextMeasure, TokenCount> measured,
      ChatTemplate chat,
      ToolTemplate tools)
      implements TokenCounter {
    TokenCount countChat(ChatTexts texts) {
      if (measured == null) {
        return countChat(texts.contents());
      }
      TokenCount[] counts = new TokenCount[texts.contents().size()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = measured.apply(texts.measure(i));
      }
      return chat.around(Arrays.asList(counts));
    }

    @Override
    public TokenCount count(String content) {
      return text.apply(content);
    }

    @Override
    public TokenCount countChat(List<String> contents) {
      TokenCount[] counts = new TokenCount[contents.size()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = text.apply(contents.get(i));
      }
      return chat.around(Arrays.asList(counts));
    }

    @Override
    public TokenCount count(List<PromptMessage> messages, List<PromptTool> offered) {
      TokenCount conversation = chat.around(messages, text);
      return offered.isEmpty() ? conversation : conversation.plus(tools.of(offered, text));
    }
  }
}
