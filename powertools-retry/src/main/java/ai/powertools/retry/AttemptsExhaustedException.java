package ai.powertools.retry;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call was tried as often, or for as long, as it may be. The cause is the last error; the earlier
 * ones are suppressed, and all are in {@link #attempts()}.
 *
 * <p>Not thrown where only one attempt was allowed: its error passes through as it is.
 */
public final class AttemptsExhaustedException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final AttemptFailure[] attempts;
  private final Reason reason;
  private final Duration elapsed;
  private final boolean retryable;
  private final @Nullable Duration retryAfter;

  /** Why no further attempt was made. */
  public enum Reason {
    /** As many were made as are allowed. */
    ATTEMPTS,
    /** The next would have begun after the deadline. */
    DEADLINE
  }

  /** What was tried, and how it ended; {@code verdict} is about the last error. */
  record End(
      Reason reason,
      String why,
      int maxAttempts,
      List<AttemptFailure> attempts,
      Duration elapsed,
      Verdict verdict) {
    Throwable lastError() {
      return attempts.get(attempts.size() - 1).error();
    }
  }

  AttemptsExhaustedException(End end) {
    super(message(end), end.lastError());
    this.attempts = end.attempts().toArray(AttemptFailure[]::new);
    this.reason = end.reason();
    this.elapsed = end.elapsed();
    if (end.lastError() instanceof PowerToolsException own) {
      this.retryable = own.retryable();
      this.retryAfter = own.retryAfter().orElse(null);
    } else {
      this.retryable = end.verdict().retryable();
      this.retryAfter =
          end.verdict() instanceof Verdict.Throttled asked ? asked.retryAfter() : null;
    }
  }

  private static String message(End end) {
    return "Gave up after %d of %d attempts over %s: %s. %s The last error was %s"
        .formatted(
            end.attempts().size(),
            end.maxAttempts(),
            Nanos.text(end.elapsed()),
            end.why(),
            end.reason() == Reason.ATTEMPTS
                ? "Allow more with maxAttempts(…), or have something else answer."
                : "Allow more time, or have something else answer.",
            Failures.describe(end.lastError()));
  }

  /** All attempts, in order, with how long each took and the wait that followed it. */
  public List<AttemptFailure> attempts() {
    return List.of(attempts);
  }

  /** Why no further attempt was made. */
  public Reason reason() {
    return reason;
  }

  /** From the beginning of the call to its end, waits included. */
  public Duration elapsed() {
    return elapsed;
  }

  /** As the last error answers; where it can't, as the classifier judged it. */
  @Override
  public boolean retryable() {
    return retryable;
  }

  /** As the last error answers; where it can't, as the classifier judged it. */
  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
