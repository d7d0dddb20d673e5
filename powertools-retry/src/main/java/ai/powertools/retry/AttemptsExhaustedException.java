package ai.powertools.retry;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call was tried as often, or for as long, as it may be. The cause is the last error; all are in
 * {@link #attempts()}, and those before the last suppressed, in an {@link AttemptHistory}.
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
  private final transient @Nullable Object partial;

  /** Why no further attempt was made. */
  public enum Reason {
    /** As many were made as are allowed. */
    ATTEMPTS,
    /** The next would have begun after the deadline. */
    DEADLINE,
    /** The other side asked for a longer wait than {@link RetryBuilder#longestWait} allows. */
    WAIT,
    /** The {@link RetryBudget} had no retry left. */
    BUDGET
  }

  /** What was tried, and how it ended; {@code verdict} is about the last error. */
  record End(
      Reason reason,
      String why,
      int maxAttempts,
      List<AttemptFailure> attempts,
      Duration elapsed,
      Verdict verdict,
      Optional<Object> partial) {
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
      this.retryAfter = end.verdict().retryAfter().orElse(null);
    }
    this.partial = end.partial().orElse(null);
  }

  private static String message(End end) {
    return "Gave up after %d of %d attempts over %s: %s. %s The last error was %s"
        .formatted(
            end.attempts().size(),
            end.maxAttempts(),
            Nanos.text(end.elapsed()),
            end.why(),
            advice(end.reason()),
            Failures.describe(end.lastError()));
  }

  private static String advice(Reason reason) {
    return switch (reason) {
      case ATTEMPTS -> "Allow more with maxAttempts(…), or have something else answer.";
      case DEADLINE -> "Allow more time, or have something else answer.";
      case WAIT -> "Allow more with longestWait(…), or have something else answer.";
      case BUDGET -> "Others fail as well: have something else answer, or come back later.";
    };
  }

  /** What the work kept of an answer with {@link Attempt#keepPartial}; lost by serialization. */
  public Optional<Object> partial() {
    return Optional.ofNullable(partial);
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
