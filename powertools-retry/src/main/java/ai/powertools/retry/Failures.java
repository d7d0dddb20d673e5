package ai.powertools.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The attempts of one call that failed, in order. Safe for use by many threads: who cancels a call
 * reads them while an attempt ends.
 */
final class Failures {
  private final List<AttemptFailure> failures = new ArrayList<>();

  synchronized void add(
      int number, Duration duration, Duration waited, Throwable error, ErrorKind kind) {
    failures.add(new AttemptFailure(number, duration, waited, error, kind));
  }

  synchronized List<AttemptFailure> list() {
    return List.copyOf(failures);
  }

  /** Those that are not what {@code error} is about anyhow. */
  synchronized List<AttemptFailure> before(Throwable error) {
    return failures.stream()
        .filter(earlier -> earlier.error() != error && earlier.error() != error.getCause())
        .toList();
  }

  /** As in {@code SocketTimeoutException: Read timed out}. */
  static String describe(Throwable error) {
    String name = error.getClass().getSimpleName();
    String message = error.getMessage();
    return message == null || message.isBlank() ? name : name + ": " + message;
  }
}
