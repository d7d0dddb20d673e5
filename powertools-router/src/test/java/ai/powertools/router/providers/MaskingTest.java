package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.router.ChatRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  private static final Masking MASKING = new Masking(List.of("correct-horse-battery", "short"));

  @Test
  void masksTheKeyWhereverItStands() {
    assertThat(mask("Wrong key correct-horse-battery (correct-horse-battery).", "-"))
        .isEqualTo("Wrong key *** (***).");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-proj-abcdef123456",
        "AIzaSyA1234567890",
        "Bearer abcdefgh",
        "sk-ab***********wxyz",
        "gsk_abcdefgh",
        "xai-12345678",
        "sk-a…wxyz12"
      })
  void masksWhatLooksLikeAPartOfAKey(String key) {
    assertThat(mask("Incorrect API key provided: " + key + " Find yours", "-"))
        .isEqualTo("Incorrect API key provided: *** Find yours");
  }

  @Test
  void masksAShortPromptAsAWhole() {
    assertThat(mask("Invalid input: my pin is 1234!", "my pin is 1234"))
        .isEqualTo("Invalid input: […]!");
  }

  @Test
  void masksPiecesOfALongPrompt() {
    String prompt =
        "The patient was born on the first of May and lives in a small town by the sea.";

    assertThat(mask("Bad value 'was born on the first of May and lives in' at 7", prompt))
        .isEqualTo("Bad value '[…]' at 7");
  }

  @Test
  void leavesOrdinaryWordsOfThePromptAlone() {
    assertThat(mask("The model is overloaded.", "model")).isEqualTo("The model is overloaded.");
    assertThat(mask("Wait a short while.", "-")).isEqualTo("Wait a short while.");
  }

  @Test
  void takesTheTagsOutOfAPage() {
    assertThat(mask("<html><h1>502 Bad Gateway</h1></html>", "-").strip())
        .isEqualTo("502 Bad Gateway");
  }

  @Test
  void looksAtNoMoreThanAMessageNeeds() {
    assertThat(mask("x".repeat(100_000), "-")).hasSize(2_000);
  }

  private static String mask(String words, String prompt) {
    return MASKING.mask(words, ChatRequest.of(prompt));
  }
}
