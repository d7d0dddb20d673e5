package ai.powertools.retry.kept;

/**
 * What came of a run.
 *
 * @param done letters that came through
 * @param failedAgain letters that failed and wait for another run
 * @param givenUp letters that failed for the last time
 * @param skipped letters that were left: others had them, nobody knew their task, or their payload
 *     was not whole
 */
public record RedriveSummary(int done, int failedAgain, int givenUp, int skipped) {
  static final RedriveSummary NONE = new RedriveSummary(0, 0, 0, 0);

  RedriveSummary and(Driven.Outcome outcome) {
    return switch (outcome) {
      case DONE -> new RedriveSummary(done + 1, failedAgain, givenUp, skipped);
      case FAILED_AGAIN -> new RedriveSummary(done, failedAgain + 1, givenUp, skipped);
      case GIVEN_UP -> new RedriveSummary(done, failedAgain, givenUp + 1, skipped);
      case SKIPPED -> new RedriveSummary(done, failedAgain, givenUp, skipped + 1);
    };
  }

  /** As in {@code 3 done, 1 failed again, 0 given up, 2 skipped}. */
  public String describe() {
    return "%d done, %d failed again, %d given up, %d skipped"
        .formatted(done, failedAgain, givenUp, skipped);
  }
}
