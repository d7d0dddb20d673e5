package ai.powertools.router;

import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.TokenCount;
import java.util.List;
import java.util.Optional;

/** What a request would take of a model, and whether it fits. */
final class Estimator {
  /**
   * The share of the allowed output that an answer is expected to take, as a divisor, and the
   * length that it is expected not to exceed: chat answers are seldom longer than about 500 tokens.
   */
  private static final int EXPECTED_SHARE = 2;

  private static final long USUAL_ANSWER = 500;

  private final ModelCatalog catalog;

  Estimator(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  /** Either a candidate or the reason why the model is none. */
  record Verdict(Optional<Candidate> candidate, Optional<Refusal> refusal) {
    static Verdict no(ChatModel routed, String reason) {
      return new Verdict(Optional.empty(), Optional.of(new Refusal(routed.label(), reason)));
    }
  }

  Verdict judge(ChatModel routed, ChatRequest request) {
    Model model = routed.resolve(catalog);
    if (request.localOnly() && !routed.provider().isLocal()) {
      return Verdict.no(routed, "the request must stay on this machine");
    }
    Optional<String> refusal =
        routed.provider().refusal(model, request).or(() -> Limits.refusal(model, request));
    if (refusal.isPresent()) {
      return Verdict.no(routed, refusal.get());
    }
    List<String> contents = request.messages().stream().map(Message::text).toList();
    TokenCount input = catalog.tokens(model).countChat(contents);
    long room = model.contextTokens() - input.atMost();
    long wanted = request.maxOutputTokens().orElse(1);
    if (room < wanted) {
      return Verdict.no(
          routed,
          "the conversation takes %s%d tokens and the answer up to %d, its context holds %d"
              .formatted(
                  input.exact() ? "" : "up to ", input.atMost(), wanted, model.contextTokens()));
    }
    if (request.maxOutputTokens().orElse(1) > model.maxOutputTokens()) {
      return Verdict.no(
          routed,
          "it answers with at most %d tokens, %d are asked for"
              .formatted(model.maxOutputTokens(), request.maxOutputTokens().getAsInt()));
    }
    long maxOutput =
        request.maxOutputTokens().orElse((int) Math.min(room, bounded(model.maxOutputTokens())));
    return new Verdict(Optional.of(candidate(routed, model, input, maxOutput)), Optional.empty());
  }

  private Candidate candidate(ChatModel routed, Model model, TokenCount input, long maxOutput) {
    long usual = Math.max(1, Math.min(USUAL_ANSWER, maxOutput / EXPECTED_SHARE));
    Cost expected = catalog.pricing().worstCase(model, input.tokens(), usual);
    Cost worst = catalog.pricing().worstCase(model, input.atMost(), maxOutput);
    return new Candidate(
        routed.provider(),
        model,
        routed.id(),
        input.tokens(),
        input.exact(),
        input.atMost(),
        maxOutput,
        expected,
        worst);
  }

  private static long bounded(long tokens) {
    return Math.min(tokens, Integer.MAX_VALUE);
  }
}
