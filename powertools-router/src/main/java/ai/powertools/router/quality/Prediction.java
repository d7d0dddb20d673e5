package ai.powertools.router.quality;

/**
 * What is to be expected when a prompt is sent to a weak and to a strong model. All numbers are
 * shares from 0 to 1.
 *
 * @param weak the probability that the weak model answers right
 * @param strong the probability that the strong model answers right
 * @param familiarity how like the prompts of the training this one is: near 1 for one of their
 *     kind, near 0 for one of a kind that was never seen, where the two others are guesses
 */
public record Prediction(double weak, double strong, double familiarity) {

  /**
   * Refuses what is no share.
   *
   * @throws IllegalArgumentException if a number is not from 0 to 1
   */
  public Prediction {
    check("weak", weak);
    check("strong", strong);
    check("familiarity", familiarity);
  }

  /**
   * How much more likely the strong model is right, from -1 to 1; negative where the weak one is
   * the safer choice.
   */
  public double gain() {
    return strong - weak;
  }

  private static void check(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "A prediction's %s must be from 0 to 1, not %s.".formatted(name, share));
    }
  }
}
