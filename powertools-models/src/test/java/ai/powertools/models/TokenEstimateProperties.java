package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Laws of the estimates over random text of many kinds. */
class TokenEstimateProperties {
  private static final int CASES = Integer.getInteger("powertools.estimate.cases", 300);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  private static final String[] WORDS = {
    "the",
    "of",
    "and",
    "because",
    "Straße",
    "naïve",
    "Überraschung",
    "привет",
    "мир",
    "你好",
    "世界",
    "こんにちは",
    "안녕하세요",
    "مرحبا",
    "हिन्दी",
    "🙂",
    "👩‍👩‍👧",
    "{",
    "}",
    "();",
    "=>",
    "\n",
    "\n\n",
    "  ",
    "\t",
    "        ",
    "0",
    "3.14159",
    "1000000",
    "CONSTANT_NAME",
    "camelCase",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "----------------",
    "eyJhbGciOiJIUzI1NiJ9",
    "550e8400-e29b-41d4-a716-446655440000",
    "https://example.com/a?b=c",
    "<|endoftext|>",
    "implementation",
    "unbelievably",
    "antidisestablishmentarianism",
    "xqzvkjw"
  };

  @Test
  void estimatesLieBetweenNothingAndTheBound() {
    forAll(
        (text, label) -> {
          long bytes = text.getBytes(StandardCharsets.UTF_8).length;
          for (Tokenizer tokenizer : Tokenizer.values()) {
            TokenCount count = TokenCounter.of(tokenizer).count(text);
            assertThat(count.tokens()).as(label).isBetween(0L, count.atMost());
            assertThat(count.atMost()).as(label).isLessThanOrEqualTo(bytes);
          }
        });
  }

  @Test
  void boundsHoldForTheVocabulariesOfGpt2AndGpt4() {
    Encoding gpt2 = encoding(EncodingType.R50K_BASE);
    Encoding gpt4 = encoding(EncodingType.CL100K_BASE);
    forAll(
        (text, label) -> {
          long atMost = TokenCounter.of(Tokenizer.LLAMA).count(text).atMost();
          assertThat((long) gpt2.countTokensOrdinary(text)).as(label).isLessThanOrEqualTo(atMost);
          assertThat((long) gpt4.countTokensOrdinary(text)).as(label).isLessThanOrEqualTo(atMost);
        });
  }

  private static Encoding encoding(EncodingType type) {
    return Encodings.newLazyEncodingRegistry().getEncoding(type);
  }

  private static void forAll(BiConsumer<String, String> law) {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      law.accept(text(new Random(seed)), "-Dpowertools.seed=" + seed);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int words = random.nextInt(60);
    for (int i = 0; i < words; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(5) == 0 ? "" : " ");
    }
    return text.toString();
  }
}
