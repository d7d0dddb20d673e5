package ai.powertools.router;

/**
 * Asks a model, checks its answer, and asks the next one if it will not do: with a strategy that
 * puts the cheap models first, most calls never reach a dear one. All answers are on the bill, and
 * {@link RoutingDecision#cost()} counts them all. Text is held back until its answer has passed;
 * that of the last step is delivered as it arrives.
 *
 * @param check whether an answer will do; that of the last step is not checked
 * @param steps how many answers are had at most; models that fail don't count
 */
public record Cascade(AnswerCheck check, int steps) {
  /**
   * Refuses nonsense.
   *
   * @throws IllegalArgumentException if there are fewer than two steps
   */
  public Cascade {
    if (steps < 2) {
      throw new IllegalArgumentException("A cascade has two steps or more, not " + steps + ".");
    }
  }

  /** Two steps: if the first answer will not do, the second is taken as it is. */
  public static Cascade checkedBy(AnswerCheck check) {
    return new Cascade(check, 2);
  }

  /** So many models at most. */
  public Cascade steps(int most) {
    return new Cascade(check, most);
  }
}
