package ai.powertools.router;

import java.util.List;

/**
 * A server of one's own that has models and answers with them. Implementations are safe for use by
 * many threads.
 */
public interface LocalServer extends ChatProvider {
  /** Whether it is there; asks it, and waits a few seconds at most. Never throws. */
  ServerHealth health();

  /**
   * The models that it has.
   *
   * @throws ProviderException if it does not say
   */
  List<LocalModel> models();
}
