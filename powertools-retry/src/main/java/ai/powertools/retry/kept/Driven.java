package ai.powertools.retry.kept;

import java.util.Optional;

/**
 * What became of one letter in a run.
 *
 * @param letter as it was when it was taken, or found
 * @param outcome what became of it
 * @param answer what the work gave; empty unless it is done, or if that was nothing
 * @param error what it failed with; empty unless it failed
 */
public record Driven(
    DeadLetter letter, Outcome outcome, Optional<Object> answer, Optional<Throwable> error) {

  /** What can become of a letter. */
  public enum Outcome {
    /** It came through. */
    DONE,
    /** It failed again, and waits for the next run. */
    FAILED_AGAIN,
    /** It failed again, for the last time. */
    GIVEN_UP,
    /** It was left: others had it, nobody knows its task, or its payload is not whole. */
    SKIPPED
  }

  static Driven done(DeadLetter letter, Optional<Object> answer) {
    return new Driven(letter, Outcome.DONE, answer, Optional.empty());
  }

  static Driven failed(DeadLetter letter, Outcome outcome, Throwable error) {
    return new Driven(letter, outcome, Optional.empty(), Optional.of(error));
  }

  static Driven skipped(DeadLetter letter) {
    return new Driven(letter, Outcome.SKIPPED, Optional.empty(), Optional.empty());
  }
}
