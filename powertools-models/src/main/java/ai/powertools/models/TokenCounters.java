package ai.powertools.models;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
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
      case O200K_BASE ->
          tiktoken(EncodingType.O200K_BASE, ChatTemplate.OPENAI, ToolTemplate.GPT_4O);
      case O200K_HARMONY ->
          tiktoken(EncodingType.O200K_BASE, ChatTemplate.HARMONY, ToolTemplate.GPT_4O);
      case CL100K_BASE ->
          tiktoken(EncodingType.CL100K_BASE, ChatTemplate.OPENAI, ToolTemplate.GPT_4);
      case P50K_BASE -> completions(EncodingType.P50K_BASE);
      case P50K_EDIT -> completions(EncodingType.P50K_EDIT);
      case R50K_BASE -> completions(EncodingType.R50K_BASE);
      case WORDS -> new Counter(TokenCounters::words, ChatTemplate.NONE, ToolTemplate.NONE);
      case CLAUDE -> estimated(tokenizer, ToolTemplate.CLAUDE);
      case CLAUDE_4_7 -> estimated(tokenizer, ToolTemplate.CLAUDE_4_7);
      default -> estimated(tokenizer, ToolTemplate.UNPUBLISHED);
    };
  }

  /** The number of tokens of a text in OpenAI's vocabulary, which the estimates start from. */
  static long o200kTokens(String text) {
    return O200K.get().countTokensOrdinary(text);
  }

  private static TokenCounter tiktoken(EncodingType type, ChatTemplate chat, ToolTemplate tools) {
    Vocabulary vocabulary = new Vocabulary(type);
    return new Counter(
        text -> TokenCount.exactly(vocabulary.get().countTokensOrdinary(text)), chat, tools);
  }

  /** Models without a chat template of their own: whoever chats with them brings one. */
  private static TokenCounter completions(EncodingType vocabulary) {
    return tiktoken(vocabulary, ChatTemplate.UNPUBLISHED, ToolTemplate.UNPUBLISHED);
  }

  private static TokenCounter estimated(Tokenizer tokenizer, ToolTemplate tools) {
    return new Counter(TokenEstimate.of(tokenizer)::of, ChatTemplate.UNPUBLISHED, tools);
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

  /** A vocabulary, and what goes around texts in it. */
  private record Counter(Function<String, TokenCount> text, ChatTemplate chat, ToolTemplate tools)
      implements TokenCounter {
    @Override
    public TokenCount count(String content) {
      return text.apply(content);
    }

    @Override
    public TokenCount countChat(List<String> contents) {
      return chat.around(contents.stream().map(text).toList());
    }

    @Override
    public TokenCount count(List<PromptMessage> messages, List<PromptTool> offered) {
      TokenCount conversation = chat.around(messages, text);
      return offered.isEmpty() ? conversation : conversation.plus(tools.of(offered, text));
    }
  }
}
