package ai.powertools.orchestrator;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import ai.powertools.cost.Attempt;
import ai.powertools.cost.CallSpan;
import ai.powertools.cost.LedgerEntry;
import ai.powertools.cost.Outcome;
import ai.powertools.cost.Use;
import ai.powertools.logging.LogEvent;
import ai.powertools.logging.StructuredLogger;
import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Usage;
import ai.powertools.router.Candidate;
import ai.powertools.router.Chain;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.Interceptor;
import ai.powertools.router.ProviderException;
import ai.powertools.router.StreamEvent;

/**
 * Around one attempt at one model: whatever comes of it, the ledger gets an entry with what it used
 * and the log an event, before anybody else hears of it.
 */
final class AttemptLayer implements Interceptor {
  private static final StructuredLogger LOG = StructuredLogger.of(AttemptLayer.class);

  private final ModelCatalog catalog;
  private final Time time;

  AttemptLayer(ModelCatalog catalog, Time time) {
    this.catalog = catalog;
    this.time = time;
  }

  @Override
  public ChatResponse intercept(Chain chain) {
    Candidate candidate = CallContext.candidate(chain.call());
    CallSpan span =
        chain
            .call()
            .get(CallContext.SPAN)
            .orElseThrow(() -> new IllegalStateException("An attempt outside of a reservation."));
    Attempts attempts = CallContext.attempts(chain.call());
    long start = time.nanos();
    StringBuilder delivered = new StringBuilder();
    try {
      ChatResponse response = watched(chain, delivered).proceed(chain.request());
      LedgerEntry entry =
          span.recordLast(
              priced(
                  Attempt.of(Outcome.SUCCEEDED, response.usage(), response.usageCertainty())
                      .servedBy(served(candidate, response))
                      .use(use(response)),
                  candidate,
                  start));
      attempts.add(entry);
      log(LOG.info("attempt"), candidate, entry, start).log();
      return response;
    } catch (RuntimeException e) {
      LedgerEntry entry =
          span.record(priced(failed(candidate, e, delivered.toString()), candidate, start));
      attempts.add(entry);
      log(LOG.warn("attempt"), candidate, entry, start).with("why", e.getMessage()).log();
      throw e;
    }
  }

  /** Sees the text on its way, so that it can be counted whatever ends the attempt. */
  private static Chain watched(Chain chain, StringBuilder delivered) {
    return chain
        .call()
        .listener()
        .map(
            told ->
                chain.withListener(
                    event -> {
                      if (event instanceof StreamEvent.TextDelta delta) {
                        delivered.append(delta.text());
                      }
                      told.on(event);
                    }))
        .orElse(chain);
  }

  /** A machine of one's own is paid for its time, not for tokens. */
  private Attempt priced(Attempt attempt, Candidate candidate, long start) {
    return candidate.timeCost(time.since(start)).map(attempt::costing).orElse(attempt);
  }

  private static Use use(ChatResponse response) {
    return response.finishReason() == FinishReason.LENGTH ? Use.TRUNCATED : Use.USED;
  }

  private Attempt failed(Candidate candidate, RuntimeException error, String delivered) {
    if (!(error instanceof ProviderException provider)) {
      // The caller's own code, or a cancellation on the way: the request may have been sent.
      Outcome outcome = error instanceof CancelledException ? Outcome.CANCELLED : Outcome.FAILED;
      return estimate(candidate, outcome, delivered);
    }
    Outcome outcome = provider.kind() == ErrorKind.CANCELLED ? Outcome.CANCELLED : Outcome.FAILED;
    if (!provider.mayBeBilled()) {
      return Attempt.of(outcome, Usage.ZERO, Certainty.EXACT);
    }
    // The provider knows more than the words: thoughts, calls of tools, the vendor's own numbers.
    return provider
        .partialUsage()
        .map(usage -> Attempt.of(outcome, usage, Certainty.ESTIMATED))
        .orElseGet(() -> estimate(candidate, outcome, longer(provider, delivered)));
  }

  private static String longer(ProviderException error, String delivered) {
    return error.partialText().length() > delivered.length() ? error.partialText() : delivered;
  }

  private Attempt estimate(Candidate candidate, Outcome outcome, String partial) {
    long output = catalog.tokens(candidate.model()).count(partial).tokens();
    Usage usage = Usage.of(candidate.inputTokens(), Math.min(output, candidate.maxOutputTokens()));
    return Attempt.of(outcome, usage, Certainty.ESTIMATED);
  }

  /** The model that did the work, where the provider names one that the catalog knows. */
  private Model served(Candidate candidate, ChatResponse response) {
    if (response.model().equals(candidate.id())) {
      return candidate.model();
    }
    return catalog
        .find(candidate.provider().name() + "/" + response.model())
        .orElse(candidate.model());
  }

  private LogEvent log(LogEvent event, Candidate candidate, LedgerEntry entry, long start) {
    return event
        .with("model", candidate.label())
        .with("attempt", entry.attempt())
        .with("outcome", entry.outcome().name())
        .with("input_tokens", entry.usage().inputTokens())
        .with("output_tokens", entry.usage().outputTokens())
        .with(
            "cost_usd", entry.cost().map(cost -> cost.toBigDecimal().toPlainString()).orElse(null))
        .with("certainty", entry.certainty().name())
        .with("latency_ms", time.since(start).toMillis());
  }
}
