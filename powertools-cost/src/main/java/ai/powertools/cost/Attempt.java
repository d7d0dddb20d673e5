package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.Optional;

/**
 * How an attempt went, for {@link CallSpan#record(Attempt)}: what is not said has a default.
 *
 * <pre>{@code
 * span.record(Attempt.succeeded(Usage.of(1200, 4096)).servedBy(model).use(Use.TRUNCATED));
 * span.record(Attempt.failed());                                 // usage unknown: the worst case
 * span.record(Attempt.failed().used(Usage.ZERO, Certainty.EXACT)); // it was never sent
 * }</pre>
 *
 * Immutable.
 *
 * @param outcome how it ended
 * @param servedBy the model that did the work; the one that was asked where it is empty
 * @param usage what was used
 * @param certainty how sure the usage is
 * @param cost what it costs, where the caller knows that better than usage × price
 * @param vendorCost what the vendor says it costs
 * @param use what became of the answer
 * @param latency how long it took; measured by the span where it is empty
 */
public record Attempt(
    Outcome outcome,
    Optional<Model> servedBy,
    Usage usage,
    Certainty certainty,
    Optional<Cost> cost,
    Optional<Usd> vendorCost,
    Use use,
    Optional<Duration> latency) {

  /**
   * Refuses what nobody can report.
   *
   * @throws IllegalArgumentException if it is said to be lost, or a latency is negative
   */
  public Attempt {
    if (outcome == Outcome.LOST) {
      throw new IllegalArgumentException(
          "Who reports an attempt has not lost it: use FAILED, with what is known of the usage.");
    }
    if (latency.isPresent() && latency.get().isNegative()) {
      throw new IllegalArgumentException("A latency can't be negative: " + latency.get());
    }
  }

  /** An answer, with the usage that the provider reported. */
  public static Attempt succeeded(Usage usage) {
    return of(Outcome.SUCCEEDED, usage, Certainty.EXACT);
  }

  /** An error; until {@link #used} says more, it may have cost the worst case. */
  public static Attempt failed() {
    return of(Outcome.FAILED, Usage.ZERO, Certainty.UNKNOWN);
  }

  /** Called off; until {@link #used} says more, it may have cost the worst case. */
  public static Attempt cancelled() {
    return of(Outcome.CANCELLED, Usage.ZERO, Certainty.UNKNOWN);
  }

  /** Any outcome. */
  public static Attempt of(Outcome outcome, Usage usage, Certainty certainty) {
    return new Attempt(
        outcome,
        Optional.empty(),
        usage,
        certainty,
        Optional.empty(),
        Optional.empty(),
        Use.USED,
        Optional.empty());
  }

  /** With this usage, which is so sure. */
  public Attempt used(Usage usage, Certainty certainty) {
    return new Attempt(outcome, servedBy, usage, certainty, cost, vendorCost, use, latency);
  }

  /** Another model than the one that was asked did the work. */
  public Attempt servedBy(Model model) {
    return new Attempt(
        outcome, Optional.of(model), usage, certainty, cost, vendorCost, use, latency);
  }

  /** It costs that, whatever the prices say: a flat fee, a machine of one's own by the hour. */
  public Attempt costing(Cost cost) {
    return new Attempt(
        outcome, servedBy, usage, certainty, Optional.of(cost), vendorCost, use, latency);
  }

  /** The vendor's own statement: compared with ours, and taken where ours is unknown. */
  public Attempt vendorCost(Usd cost) {
    return new Attempt(
        outcome, servedBy, usage, certainty, this.cost, Optional.of(cost), use, latency);
  }

  /** What became of the answer; of use where nothing is said. */
  public Attempt use(Use use) {
    return new Attempt(outcome, servedBy, usage, certainty, cost, vendorCost, use, latency);
  }

  /** How long it took, where the span can't know. */
  public Attempt latency(Duration latency) {
    return new Attempt(
        outcome, servedBy, usage, certainty, cost, vendorCost, use, Optional.of(latency));
  }
}
