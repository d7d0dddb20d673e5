package ai.powertools.orchestrator;

import ai.powertools.cost.CallSpan;
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

  private CallContext() {}

  /** Around the whole call: what is recorded of any model that is tried is found there. */
  static ChatResponse begin(Chain chain) {
    chain.call().put(ATTEMPTS, new Attempts());
    return chain.proceed(chain.request());
  }

  /** What was recorded of the call so far. */
  static Attempts attempts(Call call) {
    return call.get(ATTEMPTS)
        .orElseThrow(() -> new IllegalStateException("A call that did not begin."));
  }

  static Candidate candidate(Call call) {
    return call.candidate()
        .orElseThrow(() -> new IllegalStateException("A layer of a candidate outside of one."));
  }
}
