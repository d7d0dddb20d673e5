package ai.powertools.retry.kept;

import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.report.AttemptSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A call that failed for good, with what it takes to make it again. Its text does not show the
 * payload.
 *
 * @param id its number in the store; a later letter has a greater one
 * @param key who was called; empty if nobody said
 * @param task what was to be done, by which whoever drives it again finds the code
 * @param payload what it was to be done with, after the redaction; empty once it is {@link
 *     LetterState#DONE}
 * @param cut whether the payload was too long and only its beginning is there: such a letter is
 *     never driven again
 * @param idempotencyKey the call's own; it is the same each time it is driven again
 * @param state how it stands
 * @param kind what the classifier made of the last error
 * @param type the simple class name of the last error
 * @param message what the last error says, without secrets
 * @param attempts those of the last call that failed, without secrets
 * @param firstFailedAt when it was kept
 * @param lastFailedAt when it failed last
 * @param redrives how often it was driven again and failed
 * @param takenUntil how long nobody else may drive it; empty unless it is {@link LetterState#TAKEN}
 */
public record DeadLetter(
    long id,
    String key,
    String task,
    String payload,
    boolean cut,
    String idempotencyKey,
    LetterState state,
    ErrorKind kind,
    String type,
    String message,
    List<AttemptSummary> attempts,
    Instant firstFailedAt,
    Instant lastFailedAt,
    int redrives,
    Optional<Instant> takenUntil) {

  /** Keeps the attempts as they are now. */
  public DeadLetter {
    attempts = List.copyOf(attempts);
  }

  /** As in {@code SocketTimeoutException: Read timed out}. */
  public String error() {
    return message.isBlank() ? type : type + ": " + message;
  }

  @Override
  public String toString() {
    return "DeadLetter[%d, %s, %s, %s, %d characters, failed %s with %s]"
        .formatted(id, task, key, state, payload.length(), lastFailedAt, type);
  }
}
