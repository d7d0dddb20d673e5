package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenCounterTest {
  private static final TokenCounter O200K = TokenCounter.of(Tokenizer.O200K_BASE);

  @Test
  void countsPlainTextExactlyForOpenAi() {
    assertThat(O200K.count("Hello world!")).isEqualTo(TokenCount.exactly(3));
    assertThat(TokenCounter.of(Tokenizer.O200K_HARMONY).count("Hello world!"))
        .isEqualTo(TokenCount.exactly(3));
    assertThat(TokenCounter.of(Tokenizer.CL100K_BASE).count("こんにちは世界"))
        .isEqualTo(TokenCount.exactly(4));
    assertThat(O200K.count("こんにちは世界")).isEqualTo(TokenCount.exactly(2));
  }

  @ParameterizedTest
  @EnumSource(Tokenizer.class)
  void countsWhatLooksLikeASpecialTokenAsText(Tokenizer tokenizer) {
    assertThat(TokenCounter.of(tokenizer).count("<|endoftext|> and <|im_start|>").tokens())
        .isPositive();
  }

  @ParameterizedTest
  @EnumSource(Tokenizer.class)
  void countsNothingAsNothing(Tokenizer tokenizer) {
    TokenCount nothing = TokenCounter.of(tokenizer).count("");

    assertThat(nothing.tokens()).isZero();
    assertThat(nothing.atMost()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Tokenizer.class)
  void neverBoundsBelowTheCount(Tokenizer tokenizer) {
    TokenCounter counter = TokenCounter.of(tokenizer);
    List<String> chat = List.of("You are terse.", "Warum ist der Himmel blau? 为什么天空是蓝色的？");

    TokenCount text = counter.count(chat.get(1));
    TokenCount whole = counter.countChat(chat);

    assertThat(text.atMost()).isGreaterThanOrEqualTo(text.tokens());
    assertThat(whole.atMost()).isGreaterThanOrEqualTo(whole.tokens());
    assertThat(whole.tokens()).isGreaterThanOrEqualTo(text.tokens());
    assertThat(whole.exact()).isEqualTo(tokenizer == Tokenizer.WORDS);
  }

  /**
   * The example of OpenAI's cookbook "How to count tokens with tiktoken", where both the formula
   * and the API gave 124 tokens for gpt-4o and 129 for gpt-4. Its messages also have names, which
   * ours do not: a name is its tokens and one more.
   */
  @ParameterizedTest
  @CsvSource({"O200K_BASE, 124", "CL100K_BASE, 129"})
  void countsAChatAsOpenAisCookbookDoes(Tokenizer tokenizer, long published) {
    TokenCounter counter = TokenCounter.of(tokenizer);
    TokenCount chat =
        counter.countChat(
            List.of(
                "You are a helpful, pattern-following assistant that translates corporate jargon"
                    + " into plain English.",
                "New synergies will help drive top-line growth.",
                "Things working well together will increase revenue.",
                "Let's circle back when we have more bandwidth to touch base on opportunities for"
                    + " increased leverage.",
                "Let's talk later when we're less busy about how to do better.",
                "This late pivot means we don't have time to boil the ocean for the client"
                    + " deliverable."));
    long names =
        2 * (counter.count("example_user").tokens() + 1)
            + 2 * (counter.count("example_assistant").tokens() + 1);

    assertThat(chat.tokens() + names).isEqualTo(published);
    assertThat(chat.exact()).isFalse();
    assertThat(chat.atMost()).isBetween(chat.tokens() + 1, chat.tokens() + 40);
  }

  /**
   * What Anthropic's count_tokens endpoint gave, as published by others: "Hello, world" by the
   * claude-token-count package, the others at devaa.dev/blog/opus-47-tokenizer-cost.
   */
  @Test
  void boundsWhatAnthropicCounts() {
    String many = "hi" + " hi".repeat(50);

    assertThat(claude(Tokenizer.CLAUDE, "Hello, world")).isGreaterThanOrEqualTo(10);
    assertThat(claude(Tokenizer.CLAUDE, "hi", "hi")).isGreaterThanOrEqualTo(9);
    assertThat(claude(Tokenizer.CLAUDE, "hi", many)).isGreaterThanOrEqualTo(59);
    assertThat(claude(Tokenizer.CLAUDE_4_7, "hi", "hi")).isGreaterThanOrEqualTo(15);
    assertThat(claude(Tokenizer.CLAUDE_4_7, "hi", "hi hi")).isGreaterThanOrEqualTo(17);
    assertThat(claude(Tokenizer.CLAUDE_4_7, "hi", many)).isGreaterThanOrEqualTo(115);
  }

  @Test
  void estimatesMoreForNewerClaudesThanForOlderOnes() {
    String text = "The quick brown fox jumps over the lazy dog. ".repeat(20);
    long o200k = O200K.count(text).tokens();

    assertThat(TokenCounter.of(Tokenizer.CLAUDE).count(text).tokens())
        .isEqualTo((o200k * 120 + 99) / 100);
    assertThat(TokenCounter.of(Tokenizer.CLAUDE_4_7).count(text).tokens())
        .isEqualTo((o200k * 156 + 99) / 100);
  }

  /** Percent of o200k_base, see the table at {@link TokenEstimate#of(Tokenizer)}. */
  @ParameterizedTest
  @CsvSource({
    "LLAMA, 102",
    "DEEPSEEK, 102",
    "GLM, 103",
    "QWEN, 105",
    "GEMINI, 105",
    "COHERE, 105",
    "MISTRAL, 107",
    "NOVA, 110",
    "KIMI, 110",
    "MINIMAX, 110",
    "OTHER, 110"
  })
  void estimatesByTheRatioOfTheFamily(Tokenizer tokenizer, long percent) {
    String text = "The quick brown fox jumps over the lazy dog. ".repeat(20);
    long o200k = O200K.count(text).tokens();

    assertThat(TokenCounter.of(tokenizer).count(text).tokens())
        .isEqualTo((o200k * percent + 99) / 100);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOVA", "KIMI", "MINIMAX", "GROK"})
  void boundsWhatNobodyMeasuredAsWidelyAsTheUnknown(Tokenizer tokenizer) {
    String text = "The quick brown fox, 42 times. ".repeat(20);

    assertThat(TokenCounter.of(tokenizer).count(text))
        .isEqualTo(TokenCounter.of(Tokenizer.OTHER).count(text));
  }

  @Test
  void addsCountsAndTheirBounds() {
    TokenCount exact = TokenCount.exactly(3);
    TokenCount about = TokenCount.about(5, 9);

    assertThat(exact.plus(exact)).isEqualTo(TokenCount.exactly(6));
    assertThat(exact.plus(about)).isEqualTo(TokenCount.about(8, 12));
  }

  @ParameterizedTest
  @CsvSource({
    "'one two  three', 3",
    "'  one\ttwo\n', 2",
    "'\u2003', 0",
    "'don''t stop-now', 2",
    "'你好 世界', 2"
  })
  void countsWordsForTheBuiltInProvider(String text, long words) {
    TokenCounter counter = TokenCounter.of(Tokenizer.WORDS);

    assertThat(counter.count(text)).isEqualTo(TokenCount.exactly(words));
    assertThat(counter.countChat(List.of(text, text))).isEqualTo(TokenCount.exactly(2 * words));
  }

  @Test
  void givesTheSameToAllThreads() throws Exception {
    String text =
        IntStream.range(0, 500).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    TokenCount expected = O200K.count(text);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<TokenCount>> counts =
          IntStream.range(0, 64)
              .<Callable<TokenCount>>mapToObj(
                  i -> () -> TokenCounter.of(Tokenizer.O200K_BASE).count(text))
              .toList();
      for (Future<TokenCount> count : threads.invokeAll(counts)) {
        assertThat(count.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesCountsThatContradictThemselves() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenCount(-1, false, 0))
        .withMessage("Not a token count: -1 tokens, exact false, at most 0.");
    assertThatIllegalArgumentException().isThrownBy(() -> new TokenCount(10, false, 9));
    assertThatIllegalArgumentException().isThrownBy(() -> new TokenCount(10, true, 11));
  }

  private static long claude(Tokenizer tokenizer, String... contents) {
    return TokenCounter.of(tokenizer).countChat(List.of(contents)).atMost();
  }
}
