package ai.powertools.router;

import ai.powertools.models.Usage;
import java.util.List;

/**
 * An answer with the components of a record.
 *
 * @param value the answer
 * @param responses what the model answered: the one that fits, and before it the one that did not
 */
public record StructuredResponse<T>(T value, List<ChatResponse> responses) {
  /** Copies the list. */
  public StructuredResponse {
    responses = List.copyOf(responses);
  }

  /** The answer that fits. */
  public ChatResponse response() {
    return responses.get(responses.size() - 1);
  }

  /** What all of them used. */
  public Usage usage() {
    return responses.stream().map(ChatResponse::usage).reduce(Usage.ZERO, Usage::plus);
  }
}
