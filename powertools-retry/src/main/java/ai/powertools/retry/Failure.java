package ai.powertools.retry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a call failed, for those who answer in its place or keep account of it.
 *
 * @param error what the caller would be thrown
 * @param verdict what the classifier made of the last attempt's error
 * @param attempts all attempts, in order; empty if none was made
 * @param elapsed from the beginning of the call to its end, waits included
 * @param partial what the work kept of an answer with {@link Attempt#keepPartial}
 * @param idempotencyKey the call's own, as its attempts saw it, or would have
 */
public record Failure(
    Throwable error,
    Verdict verdict,
    List<AttemptFailure> attempts,
    Duration elapsed,
    Optional<Object> partial,
    String idempotencyKey) {

  /**
   * Of a call that nothing was tried for.
   *
   * @param idempotencyKey the one given; null if one is to be made up
   */
  static Failure notTried(Throwable error, @Nullable String idempotencyKey) {
    String key = idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
    return new Failure(error, Verdict.permanent(), List.of(), Duration.ZERO, Optional.empty(), key);
  }

  /** Whether somebody called it off, which is no failure of the other side. */
  boolean isCancelled() {
    return verdict.kind() == ErrorKind.CANCELLED || Causes.isCancellation(error);
  }

  /** The error of the last attempt; the error itself if there was none. */
  public Throwable lastError() {
    return attempts.isEmpty() ? error : attempts.get(attempts.size() - 1).error();
  }

  /** In a few words: what the classifier said, or else the error itself. */
  public String reason() {
    return verdict.reason().isEmpty() ? Failures.describe(lastError()) : verdict.reason();
  }

  /** Without the partial answer, which may be anybody's words. */
  @Override
  public String toString() {
    return "Failure[%s: %s, %d attempts, %s]"
        .formatted(verdict.kind(), reason(), attempts.size(), Nanos.text(elapsed));
  }
}
