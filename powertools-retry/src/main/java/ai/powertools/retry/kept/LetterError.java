package ai.powertools.retry.kept;

import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Failure;
import ai.powertools.retry.Outcome;
import ai.powertools.retry.report.AttemptSummary;
import ai.powertools.retry.report.ErrorEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** What is kept of how a call failed last. */
record LetterError(
    ErrorKind kind, String type, String message, List<AttemptSummary> attempts, Instant at) {

  /**
   * Without the secrets that the report knows, and then without those that the application knows.
   */
  static LetterError of(Failure failure, UnaryOperator<String> messages, Instant now) {
    ErrorEvent event = ErrorEvent.of("", failure, Outcome.FAILED, now);
    List<AttemptSummary> attempts =
        event.attempts().stream().map(one -> rewritten(one, messages)).toList();
    return new LetterError(
        event.kind(), event.type(), messages.apply(event.message()), attempts, now);
  }

  private static AttemptSummary rewritten(AttemptSummary one, UnaryOperator<String> messages) {
    return new AttemptSummary(
        one.number(),
        one.duration(),
        one.waited(),
        one.kind(),
        one.type(),
        messages.apply(one.message()));
  }
}
