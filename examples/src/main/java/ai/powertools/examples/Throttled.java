package ai.powertools.examples;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Optional;

/**
 * An error that answers for itself: whether trying again may help, and after which wait. Errors of
 * a client of one's own that say so need no classifier.
 */
public final class Throttled extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final Duration wait;

  /** Come back after this wait. */
  public Throttled(Duration wait) {
    super("429, come back in " + wait.toMillis() + " ms");
    this.wait = wait;
  }

  @Override
  public boolean retryable() {
    return true;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.of(wait);
  }
}
