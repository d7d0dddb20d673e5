package ai.powertools.router.quality;

/**
 * Predicts how well a weak and a strong model would answer a prompt. {@link QualityModel} is the
 * one that comes with the library; bring your own where you have embeddings or data of your own
 * kind of prompts. Implementations are thread-safe and quick: they are asked before every call.
 */
@FunctionalInterface
public interface QualityPredictor {

  /**
   * What is to be expected of a prompt.
   *
   * @param prompt what the user says; may be empty
   */
  Prediction predict(String prompt);

  /**
   * How hard a prompt seems, from 0 (trivial) to 1 (very hard): what a router goes by where the
   * prediction is a guess.
   *
   * @param prediction what {@link #predict} said of it
   */
  default double complexity(String prompt, Prediction prediction) {
    return 1 - prediction.weak();
  }
}
