package ai.powertools.router;

import ai.powertools.core.Deadline;
import java.util.List;

/** Turns text into vectors. Implementations are safe for use by many threads. */
public interface EmbeddingProvider {
  /**
   * One vector for each text, in order.
   *
   * @throws ProviderException if there are none, for whatever reason
   */
  EmbeddingResponse embed(EmbeddingRequest request, Deadline deadline);

  /** The same, with all the time in the world. */
  default EmbeddingResponse embed(EmbeddingRequest request) {
    return embed(request, Deadline.never());
  }

  /** The vectors of these texts. */
  default List<float[]> embed(String model, List<String> texts) {
    return embed(EmbeddingRequest.of(model, texts)).vectors();
  }
}
