package ai.powertools.router;

import ai.powertools.models.Usd;
import java.util.Optional;

/**
 * What one model that could answer a request has to offer: all that strategies go by, and nothing
 * else, so that a decision can be written down and made again.
 *
 * @param label which model, as in {@code openai:gpt-5-mini}
 * @param local whether the text stays on this machine
 * @param lastResort whether it is only for when nothing better answers
 * @param tokens what the call would take
 * @param expectedCost what the call is expected to cost when all is settled: cached input, failed
 *     attempts and the price of long inputs included; empty when not known
 * @param worstCost what one attempt can cost at most; empty when not known
 * @param outputPrice what a million tokens of its answer cost, in dollars, roughly; not a number
 *     when not known
 * @param quality how good the answer is expected to be; empty when the strategy does not ask
 * @param standing how the model stands at the moment
 */
public record Offer(
    String label,
    boolean local,
    boolean lastResort,
    TokenPlan tokens,
    Optional<Usd> expectedCost,
    Optional<Usd> worstCost,
    double outputPrice,
    Optional<Quality> quality,
    Standing standing) {

  /** The chance of a good answer, 0 to 1; one half when it was not asked for. */
  public double qualityEstimate() {
    return quality.isPresent() ? quality.get().estimate() : 0.5;
  }

  /** How many milliseconds the whole answer is expected to take, or not a number. */
  public double expectedMillis() {
    return standing.latency().expected(tokens.expectedOutput());
  }
}
