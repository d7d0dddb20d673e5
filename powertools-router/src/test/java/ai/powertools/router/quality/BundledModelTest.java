package ai.powertools.router.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model in the jar. */
class BundledModelTest {
  private static final String LONG_PROOF =
      "Prove that there are infinitely many primes of the form 4k + 3, and then derive an"
          + " asymptotic lower bound for their number below n. Every step must be rigorous; you may"
          + " not use Dirichlet's theorem, and you must say where each lemma is needed and why.";

  private static final String WORD_PROBLEM =
      "A baker makes 14 loaves each hour. She works for 6 hours and sells each loaf for $3. If she"
          + " gives 4 loaves to her neighbor, how much money does she make in a day?";

  private static final String MULTIPLE_CHOICE =
      """
      Which of the following best describes the function of the kidneys?
      A. To pump blood
      B. To filter blood
      C. To digest proteins
      D. To store glucose
      Answer:\
      """;

  private final QualityModel model = QualityModel.bundled();

  @Test
  void isReadOnce() {
    assertThat(QualityModel.bundled()).isSameAs(model);
  }

  @Test
  void isSmall() throws IOException {
    try (InputStream in = QualityModel.class.getResourceAsStream("quality.model")) {
      assertThat(in.readAllBytes()).hasSizeLessThan(300_000);
    }
  }

  @Test
  void knowsItsOwnKindsOfPromptsFromOthers() {
    assertThat(model.predict(WORD_PROBLEM).familiarity()).isGreaterThan(0.6);
    assertThat(model.predict(MULTIPLE_CHOICE).familiarity()).isGreaterThan(0.6);
    List<String> known =
        StrangePrompts.ALL.stream()
            .filter(prompt -> model.predict(prompt).familiarity() > 0.5)
            .toList();
    assertThat(known).hasSizeLessThan(3);
  }

  @Test
  void thinksThatAStrongModelIsMoreOftenRight() {
    assertThat(model.predict(WORD_PROBLEM).gain()).isPositive();
    assertThat(model.predict(WORD_PROBLEM).weak()).isBetween(0.3, 0.95);
    assertThat(model.predict(MULTIPLE_CHOICE).weak()).isGreaterThan(0.7);
  }

  @Test
  void talkIsSimpleAndLongProofsAreHard() {
    assertThat(model.complexity("Hi")).isLessThan(0.1);
    assertThat(model.complexity("Thanks, that was helpful!")).isLessThan(0.15);
    assertThat(model.complexity("Tell me a joke about programmers.")).isLessThan(0.2);
    assertThat(model.complexity(LONG_PROOF)).isGreaterThan(0.7);
    assertThat(model.complexity(WORD_PROBLEM)).isBetween(0.05, 0.7);
  }

  @Test
  void isWhatTrainingOnTheSharedOutcomesGives() throws IOException {
    List<Outcome> outcomes = Outcomes.read(SharedData.file("routing/outcomes-dev.jsonl"));
    try (InputStream in = QualityModel.class.getResourceAsStream("quality.model")) {
      assertThat(ModelFormat.bytes(QualityModel.train(outcomes)))
          .as("powertools route eval outcomes-dev.jsonl --train outcomes-dev.jsonl --save makes it")
          .isEqualTo(in.readAllBytes());
    }
  }
}
