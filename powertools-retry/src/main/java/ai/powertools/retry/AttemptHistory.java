package ai.powertools.retry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What went before: suppressed in the error that ends a call, so that whoever reads the stack trace
 * sees the earlier attempts. Never thrown.
 */
public final class AttemptHistory extends Exception {
  private static final long serialVersionUID = 1L;

  private final AttemptFailure[] attempts;

  private AttemptHistory(List<AttemptFailure> attempts) {
    super(
        attempts.stream().map(AttemptHistory::describe).collect(Collectors.joining("; ")),
        null,
        true,
        false);
    this.attempts = attempts.toArray(AttemptFailure[]::new);
    attempts.stream().map(AttemptFailure::error).distinct().forEach(this::addSuppressed);
  }

  /**
   * The failed attempts of the call that ended with this error, in order. For an error that passed
   * through as it is, those before it; empty if there were none.
   */
  public static List<AttemptFailure> of(Throwable error) {
    if (error instanceof AttemptsExhaustedException exhausted) {
      return exhausted.attempts();
    }
    return suppressedIn(error).map(AttemptHistory::attempts).orElse(List.of());
  }

  private static Optional<AttemptHistory> suppressedIn(Throwable error) {
    return Arrays.stream(error.getSuppressed())
        .filter(AttemptHistory.class::isInstance)
        .map(AttemptHistory.class::cast)
        .findFirst();
  }

  /** The attempts, in order. */
  public List<AttemptFailure> attempts() {
    return List.of(attempts);
  }

  /**
   * Adds what went before to an error. Not where it has a history already: an error that is thrown
   * again and again, as a constant is, would grow without end.
   */
  static <X extends Throwable> X attach(X error, List<AttemptFailure> before) {
    if (!before.isEmpty() && suppressedIn(error).isEmpty()) {
      error.addSuppressed(new AttemptHistory(before));
    }
    return error;
  }

  private static String describe(AttemptFailure attempt) {
    return attempt.describe() + ", then a wait of " + Nanos.text(attempt.waited());
  }
}
