package ai.powertools.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The attempts of one call that failed, in order. For one thread at a time. */
final class Failures {
  private final List<AttemptFailure> failures = new ArrayList<>();

  void add(int number, Duration duration, Duration waited, Throwable error) {
    failures.add(new AttemptFailure(number, duration, waited, error));
  }

  List<AttemptFailure> list() {
    return List.copyOf(failures);
  }

  /** Adds them to {@code error} as suppressed, for those who read only the stack trace. */
  <X extends Throwable> X attachTo(X error) {
    failures.stream()
        .map(AttemptFailure::error)
        .filter(earlier -> earlier != error && earlier != error.getCause())
        .distinct()
        .forEach(error::addSuppressed);
    return error;
  }

  /** As in {@code SocketTimeoutException: Read timed out}. */
  static String describe(Throwable error) {
    String name = error.getClass().getSimpleName();
    String message = error.getMessage();
    return message == null || message.isBlank() ? name : name + ": " + message;
  }
}
