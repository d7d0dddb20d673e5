package ai.powertools.cost;

import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import java.util.Optional;
import java.util.UUID;

/**
 * A call before it is made: what it is for, which model, and how much it can use at most. Ends with
 * {@link #start()}. For one thread.
 */
public final class CallDescription {
  private final CostTracker tracker;
  final String task;
  String callId = UUID.randomUUID().toString();
  int firstAttempt = 1;
  String traceId = "";
  String remedy = "Raise the limit, or wait for the next period.";
  private Optional<Model> model = Optional.empty();
  private Optional<Cost> worstCase = Optional.empty();
  private long inputTokens;
  private long maxOutputTokens = -1;

  CallDescription(CostTracker tracker, String task) {
    this.tracker = tracker;
    this.task = task;
  }

  /** The id that attempts are settled under; a random UUID by default. */
  public CallDescription id(String callId) {
    this.callId = callId;
    return this;
  }

  /** The number of the first attempt, where others of the same call came before; 1 by default. */
  public CallDescription firstAttempt(int number) {
    this.firstAttempt = number;
    return this;
  }

  /** What joins the ledger with the log. */
  public CallDescription trace(String traceId) {
    this.traceId = traceId;
    return this;
  }

  /**
   * The model that is asked, by any name that the catalog knows.
   *
   * @throws ai.powertools.models.UnknownModelException if it knows none of that name
   */
  public CallDescription model(String name) {
    return model(tracker.catalog().require(name));
  }

  /** The model that is asked. */
  public CallDescription model(Model model) {
    this.model = Optional.of(model);
    return this;
  }

  /**
   * What one attempt can use at most.
   *
   * @param inputTokens the tokens of the prompt, or a bound above them
   * @param maxOutputTokens the limit that is sent to the provider; the model's own without one
   */
  public CallDescription tokens(long inputTokens, long maxOutputTokens) {
    this.inputTokens = inputTokens;
    this.maxOutputTokens = maxOutputTokens;
    return this;
  }

  /** What one attempt can cost at most, where the caller knows better than tokens × price. */
  public CallDescription worstCase(Cost worstCase) {
    this.worstCase = Optional.of(worstCase);
    return this;
  }

  /** The end of the message when a budget refuses the call: what the caller can do instead. */
  public CallDescription remedy(String sentence) {
    this.remedy = sentence;
    return this;
  }

  /**
   * Reserves the worst case of one attempt in every budget, durably, and begins the call.
   *
   * @throws BudgetExceededException if a budget has no room for it; nothing is reserved then
   * @throws UnknownCostException if there is a budget and nobody can say what the call costs
   * @throws IllegalStateException if no model was given
   */
  public CallSpan start() {
    Model asked = model.orElseThrow(() -> new IllegalStateException("Say which model: model(…)."));
    long output = maxOutputTokens < 0 ? asked.maxOutputTokens() : maxOutputTokens;
    Cost worst =
        worstCase.orElseGet(
            () -> tracker.catalog().pricing().worstCase(asked, inputTokens, output));
    return CallSpan.begin(tracker, this, asked, worst);
  }
}
