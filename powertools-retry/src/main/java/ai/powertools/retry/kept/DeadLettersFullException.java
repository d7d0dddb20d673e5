package ai.powertools.retry.kept;

import ai.powertools.core.PowerToolsException;

/** A letter could not be kept, since as many as are allowed wait to be driven again. */
public final class DeadLettersFullException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  DeadLettersFullException(String location, long open, int most) {
    super(
        ("The dead letters at %s are full: %d of at most %d wait to be driven again. The letter was"
                + " not kept. Drive them again or discard some, or raise maxLetters.")
            .formatted(location, open, most));
  }
}
