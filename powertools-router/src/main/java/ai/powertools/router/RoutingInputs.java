package ai.powertools.router;

import ai.powertools.router.quality.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * All that a decision is made from. There is no text of the request in it. The same inputs give the
 * same decision.
 *
 * @param task what the call is for
 * @param complexity how hard the caller says it is, or how hard it was estimated to be; empty when
 *     the strategy does not ask
 * @param prediction what the predictor says of the prompt; empty when it was not asked
 * @param key a hash of the task's key; empty without one
 * @param seed for what is left to chance
 * @param turn how many decisions the router had made before
 * @param exploring whether this call may go to a model for the sake of learning
 * @param offers the models that could answer, in the order in which the router was given them
 * @param refused the models that could not, and why
 */
public record RoutingInputs(
    String task,
    OptionalDouble complexity,
    Optional<Prediction> prediction,
    OptionalLong key,
    long seed,
    long turn,
    boolean exploring,
    List<Offer> offers,
    List<Refusal> refused) {

  /** Copies its lists. */
  public RoutingInputs {
    offers = List.copyOf(offers);
    refused = List.copyOf(refused);
  }
}
