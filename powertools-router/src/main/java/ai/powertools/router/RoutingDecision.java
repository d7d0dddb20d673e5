package ai.powertools.router;

import ai.powertools.models.Cost;
import ai.powertools.models.Usd;
import java.util.List;
import java.util.Optional;

/**
 * What a router decided for one request, and why.
 *
 * @param strategy the name of the strategy
 * @param candidates the models that could answer, in the order in which they are tried
 * @param refused the models that could not, and why
 * @param tried what came of those that were tried, in order; empty for a plan
 * @param chosen the model whose answer was given; empty when none was
 */
public record RoutingDecision(
    String strategy,
    List<Candidate> candidates,
    List<Refusal> refused,
    List<Tried> tried,
    Optional<Candidate> chosen) {
  /** Where interceptors and callers find the decision of a call under way. */
  public static final Attribute<RoutingDecision> OF_THE_CALL =
      Attribute.of("routing decision", RoutingDecision.class);

  /** Copies its lists. */
  public RoutingDecision {
    candidates = List.copyOf(candidates);
    refused = List.copyOf(refused);
    tried = List.copyOf(tried);
  }

  /**
   * A model that was tried.
   *
   * @param label the model
   * @param error why it gave no answer; empty when it did
   */
  public record Tried(String label, Optional<String> error) {}

  /** All of it in lines for a person. */
  public String explain() {
    StringBuilder text = new StringBuilder("strategy: ").append(strategy).append('\n');
    text.append("chosen: ").append(chosen.map(Candidate::label).orElse("none")).append('\n');
    for (Candidate candidate : candidates) {
      text.append("could answer: ").append(describe(candidate)).append('\n');
    }
    for (Refusal refusal : refused) {
      text.append("could not: ").append(refusal.label()).append(": ");
      text.append(refusal.reason()).append('\n');
    }
    for (Tried attempt : tried) {
      text.append("tried: ").append(attempt.label()).append(": ");
      text.append(attempt.error().orElse("answered")).append('\n');
    }
    return text.toString();
  }

  private static String describe(Candidate candidate) {
    return "%s: input %s%d tokens, output at most %d; cost expected %s, at most %s"
        .formatted(
            candidate.label(),
            candidate.exact() ? "" : "about ",
            candidate.inputTokens(),
            candidate.maxOutputTokens(),
            amount(candidate.expected()),
            amount(candidate.worstCase()));
  }

  private static String amount(Cost cost) {
    return cost.total().map(Usd::format).orElse("unknown");
  }
}
