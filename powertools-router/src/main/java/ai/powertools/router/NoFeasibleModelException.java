package ai.powertools.router;

import ai.powertools.core.PowerToolsException;
import java.util.List;

/** No model could answer the request; nothing was sent. The message says of each why not. */
public final class NoFeasibleModelException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final transient List<Refusal> refused;

  NoFeasibleModelException(List<Refusal> refused) {
    super(message(refused));
    this.refused = List.copyOf(refused);
  }

  /** Every model, and why not. */
  public List<Refusal> refused() {
    return refused;
  }

  private static String message(List<Refusal> refused) {
    if (refused.isEmpty()) {
      return "No model can answer: the router was given none. Add one with model(…).";
    }
    StringBuilder message = new StringBuilder("No model can answer this request:");
    for (Refusal refusal : refused) {
      message.append("\n  ").append(refusal.label()).append(": ").append(refusal.reason());
    }
    return message.append("\nChange the request, or add a model that can.").toString();
  }
}
