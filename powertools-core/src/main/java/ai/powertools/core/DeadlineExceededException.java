package ai.powertools.core;

/** Time ran out, or would have run out before the work could be done. */
public final class DeadlineExceededException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what ran out of time, how long it had, and what to do
   */
  public DeadlineExceededException(String message) {
    super(message);
  }
}
