package ai.powertools.router;

import ai.powertools.core.PowerToolsException;
import java.util.List;

/** A model did not keep to the form that was asked for. Its answers are on the bill. */
public final class StructuredOutputException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final transient List<ChatResponse> responses;

  StructuredOutputException(String message, List<ChatResponse> responses) {
    super(message);
    this.responses = List.copyOf(responses);
  }

  /** What it answered, in order; none after serialization. */
  public List<ChatResponse> responses() {
    return responses == null ? List.of() : responses;
  }
}
