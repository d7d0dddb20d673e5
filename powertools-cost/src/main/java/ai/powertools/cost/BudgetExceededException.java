package ai.powertools.cost;

import ai.powertools.core.PowerToolsException;
import ai.powertools.models.Usd;

/** A call was refused because it might cost more than a budget has left. Nothing was sent. */
public final class BudgetExceededException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final transient BudgetStatus status;
  private final transient Usd requested;

  BudgetExceededException(BudgetStatus status, Usd requested, String remedy) {
    super(
        "Budget \"%s\" would be exceeded: spent %s + reserved %s + this call at most %s > %s. %s"
            .formatted(
                status.label(),
                status.spent().format(),
                status.reserved().format(),
                requested.format(),
                status.budget().limit().format(),
                remedy.isBlank() ? remedy(status.budget()) : remedy));
    this.status = status;
    this.requested = requested;
  }

  private static String remedy(Budget budget) {
    if (budget.window() instanceof Window.Calendar calendar) {
      return calendar.period() == Period.EVER
          ? "Raise the limit, or choose a cheaper model."
          : "Raise the limit, choose a cheaper model, or wait for the next period.";
    }
    return "Raise the limit, choose a cheaper model, or wait.";
  }

  /** The budget that stands in the way, as it was. */
  public BudgetStatus status() {
    return status;
  }

  /** What the call might have cost at most. */
  public Usd requested() {
    return requested;
  }
}
