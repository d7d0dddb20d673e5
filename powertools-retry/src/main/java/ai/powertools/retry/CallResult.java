package ai.powertools.retry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call came to, and every attempt on the way. Immutable.
 *
 * @param <T> what the work answers
 */
public final class CallResult<T extends @Nullable Object> {
  private final @Nullable T value;
  private final boolean answered;
  private final int attempts;
  private final List<AttemptFailure> failures;
  private final Duration elapsed;
  private final @Nullable Failure failure;

  private CallResult(
      @Nullable T value,
      boolean answered,
      int attempts,
      List<AttemptFailure> failures,
      Duration elapsed,
      @Nullable Failure failure) {
    this.value = value;
    this.answered = answered;
    this.attempts = attempts;
    this.failures = failures;
    this.elapsed = elapsed;
    this.failure = failure;
  }

  static <T extends @Nullable Object> CallResult<T> answered(T value, Attempts attempts) {
    return new CallResult<>(
        value, true, attempts.number(), attempts.list(), attempts.elapsed(), null);
  }

  static <T extends @Nullable Object> CallResult<T> failed(Failure failure) {
    int made = failure.attempts().size();
    return new CallResult<>(null, false, made, failure.attempts(), failure.elapsed(), failure);
  }

  static <T extends @Nullable Object> CallResult<T> notTried(
      Throwable error, @Nullable String idempotencyKey) {
    return failed(Failure.notTried(error, idempotencyKey));
  }

  /** The same call, answered in its place. */
  static <T extends @Nullable Object> CallResult<T> degraded(T value, Failure failure) {
    int made = failure.attempts().size();
    return new CallResult<>(value, true, made, failure.attempts(), failure.elapsed(), failure);
  }

  /** Whether there is an answer, be it from a fallback. */
  public boolean answered() {
    return answered;
  }

  /**
   * The answer.
   *
   * @throws RuntimeException what the call failed with, if it did; a checked one as the cause of a
   *     {@link CallFailedException}
   */
  @SuppressWarnings("NullAway") // null only where T allows it
  public T value() {
    if (!answered && failure != null) {
      throw Rethrow.unchecked(failure);
    }
    return value;
  }

  /** How many attempts were made, the one that answered included. */
  public int attempts() {
    return attempts;
  }

  /** The attempts that failed, in order, with how long each took and the wait that followed it. */
  public List<AttemptFailure> failures() {
    return failures;
  }

  /** From the beginning of the call to its end, waits included. */
  public Duration elapsed() {
    return elapsed;
  }

  /** How the call failed; also where a fallback answered in its place. */
  public Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether a fallback answered; {@link #failure()} says why it had to. */
  public boolean degraded() {
    return answered && failure != null;
  }

  @Override
  public String toString() {
    String end = answered ? degraded() ? "answered by a fallback" : "answered" : "failed";
    return "CallResult[%s, %d attempts, %s]".formatted(end, attempts, Nanos.text(elapsed));
  }
}
