package ai.powertools.router.extractive;

/** Passed between the steps of the work, to end it when nobody wants its result any more. */
@FunctionalInterface
interface Checkpoint {
  /**
   * Goes on, or throws.
   *
   * @param what what would be done next, as in "ranking sentences"
   */
  void pass(String what);
}
