package ai.powertools.retry.report;

import ai.powertools.retry.AttemptFailure;
import ai.powertools.retry.ErrorKind;
import java.time.Duration;

/**
 * What is kept of an attempt that failed.
 *
 * @param number which it was, from 1
 * @param duration how long it took
 * @param waited the wait that followed it; zero where none did
 * @param kind what the classifier made of its error
 * @param type the simple class name of its error
 * @param message what its error says, without secrets, of at most {@value #LONGEST_MESSAGE} chars
 */
public record AttemptSummary(
    int number, Duration duration, Duration waited, ErrorKind kind, String type, String message) {
  /** The length, in chars, that a message is cut to. */
  public static final int LONGEST_MESSAGE = 200;

  /** Takes secrets out of the message, and cuts it. */
  public AttemptSummary {
    type = Messages.clean(type, LONGEST_MESSAGE);
    message = Messages.clean(message, LONGEST_MESSAGE);
  }

  static AttemptSummary of(AttemptFailure failure) {
    TellingError error = TellingError.in(failure.error());
    return new AttemptSummary(
        failure.number(),
        failure.duration(),
        failure.waited(),
        failure.kind(),
        error.type(),
        error.message());
  }

  /** As in {@code SocketTimeoutException: Read timed out}. */
  public String describe() {
    return message.isBlank() ? type : type + ": " + message;
  }
}
