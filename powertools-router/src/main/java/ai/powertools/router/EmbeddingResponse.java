package ai.powertools.router;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Texts as vectors.
 *
 * @param vectors one for each text, in order, all of one length; the arrays are the caller's own
 * @param provider who made them
 * @param model the model that did, as the provider names it
 * @param usage what it used
 * @param usageCertainty whether the provider said so, or it was counted here
 * @param requestId the provider's name for the call
 * @param duration from sending to the end
 */
public record EmbeddingResponse(
    List<float[]> vectors,
    String provider,
    String model,
    Usage usage,
    Certainty usageCertainty,
    Optional<String> requestId,
    Duration duration) {

  /** Copies the list, not the arrays. */
  public EmbeddingResponse {
    vectors = List.copyOf(vectors);
  }
}
