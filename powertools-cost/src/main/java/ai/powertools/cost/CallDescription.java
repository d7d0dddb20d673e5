package ai.powertools.cost;

import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

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
  Supplier<String> remedy = () -> "";
  private Optional<Model> model = Optional.empty();
  private Optional<Cost> worstCase = Optional.empty();
  private OptionalLong inputTokens = OptionalLong.empty();
  private OptionalLong maxOutputTokens = OptionalLong.empty();
  private boolean started;

  CallDescription(CostTracker tracker, String task) {
    this.tracker = tracker;
    this.task = task;
  }

  /**
   * The id that attempts are settled under; a random UUID by default. An attempt is settled once
   * for its id and number, whoever reports it: whoever makes a call anew under the id of an earlier
   * one must go on counting with {@link #firstAttempt}.
   */
  public CallDescription id(String callId) {
    this.callId = callId;
    return this;
  }

  /**
   * The number of the first attempt, where others of the same call came before; 1 by default.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public CallDescription firstAttempt(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("Attempts are counted from 1, not " + number);
    }
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
   * What one attempt can use at most. Where it is not said, the model's own limits are taken: a
   * whole context and the longest answer, which is dear.
   *
   * @param inputTokens the tokens of the prompt, or a bound above them
   * @param maxOutputTokens the limit that is sent to the provider
   * @throws IllegalArgumentException if one is negative
   */
  public CallDescription tokens(long inputTokens, long maxOutputTokens) {
    if (inputTokens < 0 || maxOutputTokens < 0) {
      throw new IllegalArgumentException(
          "Tokens must not be negative: input %d, output %d."
              .formatted(inputTokens, maxOutputTokens));
    }
    this.inputTokens = OptionalLong.of(inputTokens);
    this.maxOutputTokens = OptionalLong.of(maxOutputTokens);
    return this;
  }

  /** What one attempt can cost at most, where the caller knows better than tokens × price. */
  public CallDescription worstCase(Cost worstCase) {
    this.worstCase = Optional.of(worstCase);
    return this;
  }

  /** The end of the message when a budget refuses the call: what the caller can do instead. */
  public CallDescription remedy(String sentence) {
    return remedy(() -> sentence);
  }

  /**
   * The same, worked out only when a budget refuses the call. It must not use the tracker, which is
   * busy refusing.
   */
  public CallDescription remedy(Supplier<String> sentence) {
    this.remedy = sentence;
    return this;
  }

  /**
   * Reserves the worst case of one attempt in every budget, durably, and begins the call.
   *
   * @throws BudgetExceededException if a budget has no room for it; nothing is reserved then
   * @throws UnknownCostException if there is a budget and nobody can say what the call costs
   * @throws IllegalStateException if no model was given, or it was started before
   * @throws IllegalArgumentException if the worst case is negative or above $9,223,372.03, without
   *     a budget that refuses it
   * @throws ai.powertools.core.CancelledException if the thread is interrupted; nothing is reserved
   *     then
   */
  public CallSpan start() {
    Model asked = model.orElseThrow(() -> new IllegalStateException("Say which model: model(…)."));
    if (started) {
      throw new IllegalStateException(
          "Call %s was started before. Describe each call anew with trackCall(…)."
              .formatted(callId));
    }
    started = true;
    long input = inputTokens.orElse(asked.contextTokens());
    long output = maxOutputTokens.orElse(asked.maxOutputTokens());
    Cost worst =
        worstCase.orElseGet(() -> tracker.catalog().pricing().worstCase(asked, input, output));
    return CallSpan.begin(tracker, this, asked, worst);
  }
}
