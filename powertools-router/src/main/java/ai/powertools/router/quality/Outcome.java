package ai.powertools.router.quality;

/**
 * A prompt, and whether a weak and a strong model answered it right.
 *
 * @param set the collection that the prompt is of, as in {@code mmlu}; metrics are per set
 * @param subject what the prompt is about, as in {@code astronomy}; the set's name where it has one
 *     subject only
 * @param prompt what the models were asked
 * @param weak whether the weak model was right
 * @param strong whether the strong model was right
 */
public record Outcome(String set, String subject, String prompt, boolean weak, boolean strong) {

  /**
   * Refuses rows that say nothing.
   *
   * @throws IllegalArgumentException if a text is blank
   */
  public Outcome {
    check("set", set);
    check("subject", subject);
    check("prompt", prompt);
  }

  /** What the strong model adds: 1 where it alone is right, -1 where the weak one alone is. */
  int gain() {
    return (strong ? 1 : 0) - (weak ? 1 : 0);
  }

  private static void check(String name, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("The %s of an outcome must not be blank.".formatted(name));
    }
  }
}
