package ai.powertools.cost;

import ai.powertools.core.PowerToolsException;

/** A call was refused because nobody can say what it costs, and there is a budget to keep. */
public final class UnknownCostException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final String model;

  UnknownCostException(String model, String reason) {
    super(
        "The cost of a call to %s is unknown (%s), and an unknown cost can't be kept within a budget."
                .formatted(model, reason)
            + " Give the model a price (ModelCatalog.with(…)), choose a priced model,"
            + " or remove the budget.");
    this.model = model;
  }

  /** The model that was asked, as {@code provider/id}. */
  public String model() {
    return model;
  }
}
