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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
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

  /** Which vocabulary. */
  @Param({"cl100k", "o200k"})
  public String vocabulary = "";

  /** How long a text. */
  @Param({"words20", "kb2", "kb100"})
  public String length = "";

  private TokenCounter ours = TokenCounter.of(Tokenizer.WORDS);
  private Encoding peer = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
  private String content = "";

  /** Loads what is counted with. */
  @Setup
  public void load() {
    boolean newer = vocabulary.equals("o200k");
    ours = TokenCounter.of(newer ? Tokenizer.O200K_BASE : Tokenizer.CL100K_BASE);
    peer =
        Encodings.newLazyEncodingRegistry()
            .getEncoding(newer ? EncodingType.O200K_BASE : EncodingType.CL100K_BASE);
    content =
        switch (length) {
          case "kb2" -> text(2_000);
          case "kb100" -> text(100_000);
          default -> SENTENCE;
        };
  }

  /** Ours. */
  @Benchmark
  public TokenCount text() {
    return ours.count(content);
  }

  /** The peer. */
  @Benchmark
  public int textJtokkit() {
    return peer.countTokensOrdinary(content);
  }

  /** Ours, as a message with a tool: the formulas, and a bound. */
  @Benchmark
  public TokenCount prompt() {
    return ours.count(List.of(PromptMessage.user(content)), TOOLS);
  }

  /** The peer, the strings alone, without any formula. */
  @Benchmark
  public int promptJtokkit() {
    int tokens = peer.countTokensOrdinary(content);
    for (String line : TOOL_LINES) {
      tokens += peer.countTokensOrdinary(line);
    }
    return tokens;
  }

  private static String text(int length) {
    return SENTENCE.repeat(length / SENTENCE.length() + 1).substring(0, length);
  }
}
