package ai.powertools.retry.report;

import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Events for tests. */
final class Events {
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private Events() {}

  static ErrorEvent of(String message) {
    return at(NOON, message);
  }

  static ErrorEvent at(Instant when, String message) {
    return of(when, message, Outcome.FAILED);
  }

  static ErrorEvent of(Instant when, String message, Outcome outcome) {
    AttemptSummary attempt =
        new AttemptSummary(
            1,
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            ErrorKind.THROTTLED,
            "HttpException",
            message);
    return new ErrorEvent(
        when,
        "openai/gpt-5",
        ErrorKind.THROTTLED,
        "HttpException",
        message,
        outcome,
        1,
        Duration.ofMillis(500),
        List.of(attempt));
  }
}
