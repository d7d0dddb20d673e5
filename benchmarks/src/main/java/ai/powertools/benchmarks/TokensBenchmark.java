package ai.powertools.benchmarks;

import ai.powertools.models.PromptMessage;
import ai.powertools.models.PromptTool;
import ai.powertools.models.TokenCount;
import ai.powertools.models.TokenCounter;
import ai.powertools.models.Tokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Texts of 20 words, 2 kB and 100 kB; alone, and as a message with a tool. The peer counts the same
 * strings, so what differs is our own work around them.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokensBenchmark {
  private static final String SENTENCE =
      "The quick brown fox jumps over the lazy dog while 3 old cats watch it from a warm, sunny"
          + " windowsill. ";
  private static final String SHORT = SENTENCE;
  private static final String MEDIUM = text(2_000);
  private static final String LONG = text(100_000);

  private static final List<PromptTool> TOOLS =
      List.of(
          PromptTool.of(
              "get_current_weather",
              "Get the weather of a place",
              """
              {"type": "object", "required": ["location"], "properties": {
                "location": {"type": "string", "description": "The city and its country"},
                "unit": {"type": "string", "description": "Of the temperature"}}}
              """));

  /** What the formula counts of the tool. */
  private static final List<String> TOOL_LINES =
      List.of(
          "get_current_weather:Get the weather of a place",
          "location:string:The city and its country",
          "unit:string:Of the temperature");

  private final TokenCounter o200k = TokenCounter.of(Tokenizer.O200K_BASE);
  private final TokenCounter cl100k = TokenCounter.of(Tokenizer.CL100K_BASE);
  private final Encoding o200kJtokkit =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
  private final Encoding cl100kJtokkit =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

  /** Ours, 20 words. */
  @Benchmark
  public TokenCount o200kShortText() {
    return o200k.count(SHORT);
  }

  /** The peer, 20 words. */
  @Benchmark
  public int o200kShortTextJtokkit() {
    return o200kJtokkit.countTokensOrdinary(SHORT);
  }

  /** Ours, a message of 20 words and a tool. */
  @Benchmark
  public TokenCount o200kShortPrompt() {
    return prompt(o200k, SHORT);
  }

  /** The peer, the strings of a message of 20 words and a tool. */
  @Benchmark
  public int o200kShortPromptJtokkit() {
    return prompt(o200kJtokkit, SHORT);
  }

  /** Ours, 2 kB. */
  @Benchmark
  public TokenCount o200kMediumText() {
    return o200k.count(MEDIUM);
  }

  /** The peer, 2 kB. */
  @Benchmark
  public int o200kMediumTextJtokkit() {
    return o200kJtokkit.countTokensOrdinary(MEDIUM);
  }

  /** Ours, a message of 2 kB and a tool. */
  @Benchmark
  public TokenCount o200kMediumPrompt() {
    return prompt(o200k, MEDIUM);
  }

  /** The peer, the strings of a message of 2 kB and a tool. */
  @Benchmark
  public int o200kMediumPromptJtokkit() {
    return prompt(o200kJtokkit, MEDIUM);
  }

  /** Ours, 100 kB. */
  @Benchmark
  public TokenCount o200kLongText() {
    return o200k.count(LONG);
  }

  /** The peer, 100 kB. */
  @Benchmark
  public int o200kLongTextJtokkit() {
    return o200kJtokkit.countTokensOrdinary(LONG);
  }

  /** Ours, a message of 100 kB and a tool. */
  @Benchmark
  public TokenCount o200kLongPrompt() {
    return prompt(o200k, LONG);
  }

  /** The peer, the strings of a message of 100 kB and a tool. */
  @Benchmark
  public int o200kLongPromptJtokkit() {
    return prompt(o200kJtokkit, LONG);
  }

  /** Ours, 20 words. */
  @Benchmark
  public TokenCount cl100kShortText() {
    return cl100k.count(SHORT);
  }

  /** The peer, 20 words. */
  @Benchmark
  public int cl100kShortTextJtokkit() {
    return cl100kJtokkit.countTokensOrdinary(SHORT);
  }

  /** Ours, a message of 20 words and a tool. */
  @Benchmark
  public TokenCount cl100kShortPrompt() {
    return prompt(cl100k, SHORT);
  }

  /** The peer, the strings of a message of 20 words and a tool. */
  @Benchmark
  public int cl100kShortPromptJtokkit() {
    return prompt(cl100kJtokkit, SHORT);
  }

  /** Ours, 2 kB. */
  @Benchmark
  public TokenCount cl100kMediumText() {
    return cl100k.count(MEDIUM);
  }

  /** The peer, 2 kB. */
  @Benchmark
  public int cl100kMediumTextJtokkit() {
    return cl100kJtokkit.countTokensOrdinary(MEDIUM);
  }

  /** Ours, a message of 2 kB and a tool. */
  @Benchmark
  public TokenCount cl100kMediumPrompt() {
    return prompt(cl100k, MEDIUM);
  }

  /** The peer, the strings of a message of 2 kB and a tool. */
  @Benchmark
  public int cl100kMediumPromptJtokkit() {
    return prompt(cl100kJtokkit, MEDIUM);
  }

  /** Ours, 100 kB. */
  @Benchmark
  public TokenCount cl100kLongText() {
    return cl100k.count(LONG);
  }

  /** The peer, 100 kB. */
  @Benchmark
  public int cl100kLongTextJtokkit() {
    return cl100kJtokkit.countTokensOrdinary(LONG);
  }

  /** Ours, a message of 100 kB and a tool. */
  @Benchmark
  public TokenCount cl100kLongPrompt() {
    return prompt(cl100k, LONG);
  }

  /** The peer, the strings of a message of 100 kB and a tool. */
  @Benchmark
  public int cl100kLongPromptJtokkit() {
    return prompt(cl100kJtokkit, LONG);
  }

  private static TokenCount prompt(TokenCounter counter, String text) {
    return counter.count(List.of(PromptMessage.user(text)), TOOLS);
  }

  private static int prompt(Encoding encoding, String text) {
    int tokens = encoding.countTokensOrdinary(text);
    for (String line : TOOL_LINES) {
      tokens += encoding.countTokensOrdinary(line);
    }
    return tokens;
  }

  private static String text(int length) {
    return SENTENCE.repeat(length / SENTENCE.length() + 1).substring(0, length);
  }
}
