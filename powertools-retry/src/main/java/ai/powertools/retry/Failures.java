package ai.powertools.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The attempts of one call that failed, in order. For one thread at a time. */
final class Failures {
  private final List<AttemptFailure> failures = new ArrayList<>();

  void add(int number, Duration duration, Duration waited, Throwable error, ErrorKind kind) {
    failures.add(new AttemptFailure(number, duration, waited, error, kind));
  }

  List<AttemptFailure> list() {
    return List.copyOf(failures);
  }

  /** Those that are not what {@code error} is about anyhow. */
  List<AttemptFailure> before(Throwable error) {
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
