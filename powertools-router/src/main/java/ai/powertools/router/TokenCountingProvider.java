package ai.powertools.router;

import ai.powertools.core.Deadline;

/**
 * Counts the tokens of a request at the vendor, before it is made: exact, but a request of its own.
 * Implementations are safe for use by many threads.
 */
public interface TokenCountingProvider {
  /**
   * The input tokens that this request would take, its tools included.
   *
   * @throws ProviderException if the vendor does not say, for whatever reason
   */
  long countTokens(String model, ChatRequest request, Deadline deadline);

  /** The same, with all the time in the world. */
  default long countTokens(String model, ChatRequest request) {
    return countTokens(model, request, Deadline.never());
  }
}
