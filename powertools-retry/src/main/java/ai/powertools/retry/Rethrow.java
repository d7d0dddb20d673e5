package ai.powertools.retry;

/** Throws on what a call failed with, where checked exceptions cannot be thrown. */
final class Rethrow {
  private Rethrow() {}

  /**
   * The error itself, or the wrapper around a checked one.
   *
   * @throws Error if it is one
   */
  static RuntimeException unchecked(Throwable error, int attempt, Verdict verdict) {
    if (error instanceof Error fatal) {
      throw fatal;
    }
    return error instanceof RuntimeException passes
        ? passes
        : new CallFailedException(attempt, error, verdict);
  }

  static RuntimeException unchecked(Failure failure) {
    return unchecked(failure.error(), failure.attempts().size(), failure.verdict());
  }
}
