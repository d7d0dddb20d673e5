package ai.powertools.models;

import ai.powertools.core.PowerToolsException;
import java.util.List;

/** No model of the catalog, or more than one, goes by the name that was asked for. */
public final class UnknownModelException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final String requested;
  private final String[] suggestions;

  UnknownModelException(String message, String requested, List<String> suggestions) {
    super(message);
    this.requested = requested;
    this.suggestions = suggestions.toArray(String[]::new);
  }

  /** The name that was asked for. */
  public String requested() {
    return requested;
  }

  /**
   * Names that were perhaps meant, the likeliest first, at most three; when the name was ambiguous,
   * all the {@code provider/id} that it may mean. Each is found by {@link ModelCatalog#find}.
   */
  public List<String> suggestions() {
    return List.of(suggestions);
  }
}
