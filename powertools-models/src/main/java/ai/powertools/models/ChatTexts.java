package ai.powertools.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one conversation, to be counted by many counters: what several of them go by is
 * looked at once. For one thread.
 *
 * <pre>{@code
 * ChatTexts texts = ChatTexts.of(List.of("What is the weather in Paris?"));
 * TokenCount claude = texts.tokens(TokenCounter.of(Tokenizer.CLAUDE));
 * TokenCount gemini = texts.tokens(TokenCounter.of(Tokenizer.GEMINI));
 * }</pre>
 */
public final class ChatTexts {
  private final List<String> contents;
  private TextMeasure @Nullable [] measures;

  private ChatTexts(List<String> contents) {
    this.contents = contents;
  }

  /**
   * A conversation.
   *
   * @param contents the text of each message, in order
   */
  public static ChatTexts of(List<String> contents) {
    return new ChatTexts(List.copyOf(contents));
  }

  /** The same count as {@link TokenCounter#countChat} gives. */
  public TokenCount tokens(TokenCounter counter) {
    return TokenCounters.countChat(this, counter);
  }

  List<String> contents() {
    return contents;
  }

  /** Of one message; all are looked at when one is first asked for. */
  TextMeasure measure(int message) {
    TextMeasure[] known = measures;
    if (known == null) {
      known = new TextMeasure[contents.size()];
      for (int i = 0; i < known.length; i++) {
        known[i] = TextMeasure.of(contents.get(i));
      }
      measures = known;
    }
    return known[message];
  }
}
