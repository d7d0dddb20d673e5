package ai.powertools.cli;

import ai.powertools.models.Ability;
import ai.powertools.models.CallTerms;
import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.TokenCount;
import ai.powertools.models.TokenCounter;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a prompt would cost with a model.
 *
 * @param model the model
 * @param tokens those of the text
 * @param message those of the text as one message, with what the chat template puts around it; for
 *     a model that does not chat, of the text alone
 * @param maxOutput the longest answer that the worst case has
 * @param input what the text costs, read without a cache
 * @param worst the most that message and answer cost
 */
record Estimate(
    Model model, TokenCount tokens, TokenCount message, long maxOutput, Cost input, Cost worst) {

  /** The cheapest prompt first, then the cheapest worst case; what is not known comes last. */
  static final Comparator<Estimate> CHEAPEST_FIRST =
      Comparator.comparing(Estimate::input, byTotal())
          .thenComparing(Estimate::worst, byTotal())
          .thenComparing(estimate -> estimate.model().qualifiedId());

  /**
   * @param maxOutput the longest answer; the model's own limit where that is empty
   */
  static Estimate of(
      ModelCatalog catalog, Model model, String prompt, Optional<Long> maxOutput, CallTerms terms) {
    TokenCounter counter = catalog.tokens(model);
    TokenCount tokens = counter.count(prompt);
    boolean chats = !model.can(Ability.EMBEDDING);
    TokenCount message = chats ? counter.countChat(List.of(prompt)) : tokens;
    long longest = chats ? maxOutput.orElse(model.maxOutputTokens()) : 0;
    Certainty certainty = tokens.exact() ? Certainty.EXACT : Certainty.ESTIMATED;
    return new Estimate(
        model,
        tokens,
        message,
        longest,
        catalog.pricing().cost(model, Usage.of(tokens.tokens(), 0), terms, certainty),
        catalog.pricing().worstCase(model, message.atMost(), longest, terms));
  }

  /** Whether the message is surely short enough for the model. */
  boolean fits() {
    return message.atMost() <= model.contextTokens();
  }

  /** Why a cost is not known, where one is not. */
  Optional<String> reason() {
    return input.reason().or(worst::reason);
  }

  private static Comparator<Cost> byTotal() {
    return Comparator.comparing(
        cost -> cost.total().orElse(null), Comparator.nullsLast(Comparator.<Usd>naturalOrder()));
  }
}
