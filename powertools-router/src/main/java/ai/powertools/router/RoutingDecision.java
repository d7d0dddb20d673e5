package ai.powertools.router;

import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a router decided for one request, and why. A value: it can be kept as JSON, read again, and
 * decided again ({@link LlmRouter#replay}). There is no text of the request in it.
 *
 * @param strategy the name of the strategy
 * @param facts which facts about models it went by: the day of the latest, and a hash of them all
 * @param inputs all that the decision was made from
 * @param ranking the models in the order in which they are tried
 * @param refused the models that could not answer or that the strategy leaves out, and why
 * @param tried what came of those that were tried, in order; empty for a plan
 * @param chosen the model whose answer was given; empty when none was
 * @param notes what else happened on the way, for people
 */
public record RoutingDecision(
    String strategy,
    String facts,
    RoutingInputs inputs,
    Ranking ranking,
    List<Refusal> refused,
    List<Tried> tried,
    Optional<Offer> chosen,
    List<String> notes) {
  /** Where interceptors and callers find the decision of a call under way. */
  public static final Attribute<RoutingDecision> OF_THE_CALL =
      Attribute.of("routing decision", RoutingDecision.class);

  /** Copies its lists. */
  public RoutingDecision {
    refused = List.copyOf(refused);
    tried = List.copyOf(tried);
    notes = List.copyOf(notes);
  }

  /**
   * A model that was tried.
   *
   * @param label the model
   * @param role what it was tried for
   * @param error why its answer was not given; empty when it was
   * @param usage what it used, as far as is known; empty when nothing can be on the bill
   * @param cost what that costs by the catalog; empty when that is not known
   * @param duration how long it took
   */
  public record Tried(
      String label,
      Role role,
      Optional<String> error,
      Optional<Usage> usage,
      Optional<Usd> cost,
      Duration duration) {

    /** The same, whose answer was given after all. */
    Tried given() {
      return new Tried(label, role, Optional.empty(), usage, cost, duration);
    }

    /** The same, whose answer was not given for this reason. */
    Tried because(String reason) {
      return new Tried(label, role, Optional.of(reason), usage, cost, duration);
    }
  }

  /** What a model is tried for. */
  public enum Role {
    /** To answer. */
    ANSWER,
    /** To answer in case the one before is too slow. */
    HEDGE,
    /** To go on where another one broke off. */
    RESUME,
    /** To be compared; its answer is not given. */
    SHADOW
  }

  /** The models that could answer, in the order in which they are tried. */
  public List<Offer> candidates() {
    return ranking.order().stream().map(Ranking.Ranked::offer).toList();
  }

  /** The one that is asked first: the first that is not left alone at the moment. */
  public Optional<Offer> first() {
    return ranking.order().stream()
        .map(Ranking.Ranked::offer)
        .filter(offer -> offer.standing().isAvailable())
        .findFirst();
  }

  /** What all that were tried cost together; empty when one of them is not known. */
  public Optional<Usd> cost() {
    Usd sum = Usd.ZERO;
    for (Tried attempt : tried) {
      if (attempt.cost().isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(attempt.cost().get());
    }
    return Optional.of(sum);
  }

  /** All of it in lines for a person. */
  public String explain() {
    return DecisionText.of(this);
  }

  /** All of it as a JSON object. */
  public String toJson() {
    return DecisionJson.write(this).toString();
  }

  /**
   * What {@link #toJson()} wrote.
   *
   * @throws IllegalArgumentException if it is no such thing, with what is wrong
   */
  public static RoutingDecision fromJson(String json) {
    return DecisionJson.read(json);
  }
}
