package ai.powertools.orchestrator;

import ai.powertools.cost.BudgetExceededException;
import ai.powertools.cost.CallSpan;
import ai.powertools.cost.CostTracker;
import ai.powertools.cost.UnknownCostException;
import ai.powertools.logging.StructuredLogger;
import ai.powertools.models.Ability;
import ai.powertools.models.Cost;
import ai.powertools.models.Modality;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Usd;
import ai.powertools.router.Call;
import ai.powertools.router.Candidate;
import ai.powertools.router.CandidateRefusedException;
import ai.powertools.router.Chain;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Interceptor;
import java.util.Comparator;
import java.util.Optional;

/**
 * Around each model that is tried: reserves the worst that one attempt can cost, and gives back at
 * the end what was not used. A budget without room is a reason to try another model.
 */
final class BudgetLayer implements Interceptor {
  private static final StructuredLogger LOG = StructuredLogger.of(BudgetLayer.class);

  private final CostTracker tracker;
  private final ModelCatalog catalog;

  BudgetLayer(CostTracker tracker, ModelCatalog catalog) {
    this.tracker = tracker;
    this.catalog = catalog;
  }

  @Override
  public ChatResponse intercept(Chain chain) {
    Call call = chain.call();
    Candidate candidate = CallContext.candidate(call);
    CallSpan span = reserve(chain, candidate, CallContext.attempts(call).next());
    try {
      call.put(CallContext.SPAN, span);
      return chain.proceed(chain.request());
    } finally {
      span.notSent(); // what was sent is recorded by then, attempt by attempt
    }
  }

  private CallSpan reserve(Chain chain, Candidate candidate, int attempt) {
    try {
      return tracker
          .trackCall(chain.request().task())
          .tags(CallContext.payer(chain.call()))
          .id(chain.call().id())
          .firstAttempt(attempt)
          .trace(Traces.current())
          .model(candidate.model())
          .worstCase(candidate.worstCase())
          .remedy(() -> remedy(candidate))
          .start();
    } catch (BudgetExceededException | UnknownCostException e) {
      LOG.warn("budget_refused").with("model", candidate.label()).with("why", e.getMessage()).log();
      throw new CandidateRefusedException(e);
    }
  }

  /** Names the provider's cheapest model that could take the same call for less. */
  private String remedy(Candidate candidate) {
    String raise = "Raise it (its usd in powertools.yaml, --budget-usd), or lower maxOutputTokens";
    return cheaper(candidate)
        .map(other -> raise + ", or route to a cheaper model (" + other + ").")
        .orElse(raise + ".");
  }

  private Optional<String> cheaper(Candidate candidate) {
    Usd mine = candidate.worstCase().total().orElse(null);
    return catalog.models(candidate.model().provider()).stream()
        .filter(model -> couldAnswer(model, candidate.model()))
        .flatMap(model -> offer(model, candidate).stream())
        .filter(offer -> mine == null || offer.atMost().compareTo(mine) < 0)
        .min(Comparator.comparing(Offer::atMost))
        .map(offer -> offer.model() + ": at most " + offer.atMost().format());
  }

  /** Another one, and one that writes. Its provider is the same: for that one there is a key. */
  private static boolean couldAnswer(Model model, Model refused) {
    return !model.id().equals(refused.id())
        && model.traits().writes().contains(Modality.TEXT)
        && !model.can(Ability.EMBEDDING);
  }

  private record Offer(String model, Usd atMost) {}

  /** What the model would reserve, where the conversation fits it. */
  private Optional<Offer> offer(Model model, Candidate candidate) {
    long input = candidate.inputTokensAtMost();
    long output = Math.min(candidate.maxOutputTokens(), model.maxOutputTokens());
    if (input + output > model.contextTokens()) {
      return Optional.empty();
    }
    Cost worst = catalog.pricing().worstCase(model, input, output);
    return worst.total().map(atMost -> new Offer(model.id(), atMost));
  }
}
