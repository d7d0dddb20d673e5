package ai.powertools.retry;

import java.io.Serializable;
import java.time.Duration;

/**
 * An attempt that failed.
 *
 * @param number which it was, from 1
 * @param duration how long it took
 * @param waited the wait that followed it; zero where none did, as after the last
 * @param error what it failed with
 * @param kind what the classifier made of the error
 */
public record AttemptFailure(
    int number, Duration duration, Duration waited, Throwable error, ErrorKind kind)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** As in {@code attempt 1 failed after 3000 ms with SocketTimeoutException: Read timed out}. */
  String describe() {
    return "attempt %d failed after %s with %s"
        .formatted(number, Nanos.text(duration), Failures.describe(error));
  }
}
