package ai.powertools.router.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptPartsTest {
  @Test
  void takesOptionsFromTheQuestion() {
    PromptParts parts = PromptParts.of("Which one?\nA. red\nB. dark\nblue\nC. 5\nAnswer:");
    assertThat(parts.stem()).isEqualTo("Which one?");
    assertThat(parts.options()).containsExactly("red", "dark\nblue", "5");
    assertThat(PromptParts.of("Q\nA) x\nB) y").options()).containsExactly("x", "y");
  }

  @Test
  void takesTheLastListThatBeginsWithA() {
    PromptParts parts = PromptParts.of("A. one\nB. two\nNow:\nA. three\nB. four");
    assertThat(parts.options()).containsExactly("three", "four");
    assertThat(parts.stem()).endsWith("Now:");
  }

  @Test
  void oneLineAloneIsNoOption() {
    String text = "A. Lincoln was a president.\nC. Darwin was not.";
    assertThat(PromptParts.of(text)).isEqualTo(new PromptParts(text, java.util.List.of()));
    assertThat(PromptParts.of("").options()).isEmpty();
    assertThat(PromptParts.of("A.").options()).isEmpty();
  }
}
