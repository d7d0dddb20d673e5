package ai.powertools.retry;

import ai.powertools.core.PowerToolsException;

/**
 * As many calls as are allowed at once are under way. Transient: the retry waits and tries again.
 */
public final class BulkheadFullException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  BulkheadFullException(int places) {
    super(
        ("All %d places of the bulkhead are taken: the call was not made. Allow more calls at once"
                + " with bulkhead(…), or make fewer.")
            .formatted(places));
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
