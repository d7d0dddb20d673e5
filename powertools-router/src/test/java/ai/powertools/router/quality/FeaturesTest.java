package ai.powertools.router.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  private static final List<String> PROMPTS =
      List.of(
          "",
          "Hi",
          "12",
          "?!?",
          "A. x\nB. y",
          "Q?\nA. \nB. \nC. none\nAnswer:",
          "\ud83d",
          "1.2.3 4,5, 99999999999999999999999",
          "x".repeat(100_000),
          "Which?\nA. 1\nB. 2\nC. (x + 1)\nD. All of the above.");

  @Test
  void anyPromptHasAsManyFiniteNumbers() {
    for (String prompt : PROMPTS) {
      Features features = Features.of(prompt);
      assertThat(features.counted().size()).isEqualTo(Features.SIZE);
      for (int i = 0; i < Features.SIZE; i++) {
        assertThat(features.counted().get(i)).as("%d of %s", i, prompt).isFinite();
      }
    }
    assertThat(Features.SIZE).isLessThan(Tree.LEAF);
  }

  @Test
  void termsAreWordsAndHowLongNumbersAre() {
    assertThat(Features.of("Pay 12 of 123456 to Ann!\nA. Yes\nB. 5\nAnswer:").terms())
        .containsExactly("pay", "00", "of", "0000", "to", "ann", "yes", "0");
  }

  @Test
  void ofALongPromptTheBeginningAndTheEndAreRead() {
    String text = "first " + "middle ".repeat(10_000) + "last";
    assertThat(Features.of(text).terms())
        .startsWith("first")
        .endsWith("last")
        .hasSizeLessThan(1300);
  }

  @Test
  void knowsAChoice() {
    assertThat(Features.of("Q\nA. x\nB. y").choice()).isTrue();
    assertThat(Features.of("Q").choice()).isFalse();
  }

  @Test
  void wordsMayBeOfSeveralKinds() {
    assertThat(WordKind.of("who")).contains(WordKind.WHO, WordKind.WHO_CLAUSE);
    assertThat(WordKind.of("zebra")).isEmpty();
  }
}
