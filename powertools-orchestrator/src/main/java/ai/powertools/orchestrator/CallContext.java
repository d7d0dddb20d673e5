package ai.powertools.orchestrator;

import ai.powertools.cost.Attributes;
import ai.powertools.cost.Attribution;
import ai.powertools.cost.CallSpan;
import ai.powertools.ratelimit.Priority;
import ai.powertools.router.Attribute;
import ai.powertools.router.Call;
import ai.powertools.router.Candidate;
import ai.powertools.router.Chain;
import ai.powertools.router.ChatResponse;

/** What the layers of one call leave for each other. */
final class CallContext {
  /** The money that is reserved for the model that is being tried. */
  static final Attribute<CallSpan> SPAN = Attribute.of("reservation", CallSpan.class);

  private static final Attribute<Attempts> ATTEMPTS = Attribute.of("attempts", Attempts.class);

  private static final Attribute<Attributes> PAYER = Attribute.of("payer", Attributes.class);

  private static final Attribute<Priority> PRIORITY = Attribute.of("priority", Priority.class);

  private static final Attribute<FailedModels> FAILURES =
      Attribute.of("failed models", FailedModels.class);

  private CallContext() {}

  /** Around the whole call: what is recorded of any model that is tried is found there. */
  static ChatResponse begin(Chain chain) {
    chain.call().put(ATTEMPTS, new Attempts());
    chain.call().put(PAYER, Attribution.current());
    chain.call().put(PRIORITY, Urgency.current());
    chain.call().put(FAILURES, FailedModels.current());
    return chain.proceed(chain.request());
  }

  /** What was recorded of the call so far. */
  static Attempts attempts(Call call) {
    return call.get(ATTEMPTS)
        .orElseThrow(() -> new IllegalStateException("A call that did not begin."));
  }

  /** The models that failed while it was made. */
  static FailedModels failures(Call call) {
    return call.get(FAILURES)
        .orElseThrow(() -> new IllegalStateException("A call that did not begin."));
  }

  /** Who and what the call is for, whatever thread a layer runs on. */
  static Attributes payer(Call call) {
    return call.get(PAYER).orElse(Attributes.NONE).without(Attributes.TASK);
  }

  /** How urgent the call is, whatever thread a layer runs on. */
  static Priority priority(Call call) {
    return call.get(PRIORITY).orElse(Priority.NORMAL);
  }

  static Candidate candidate(Call call) {
    return call.candidate()
        .orElseThrow(() -> new IllegalStateException("A layer of a candidate outside of one."));
  }
}
