package ai.powertools.orchestrator;

import ai.powertools.cost.CallSpan;
import ai.powertools.router.Attribute;
import ai.powertools.router.Call;
import ai.powertools.router.Candidate;

/** What the layers of one call leave for each other. */
final class CallContext {
  /** The money that is reserved for the model that is being tried. */
  static final Attribute<CallSpan> SPAN = Attribute.of("reservation", CallSpan.class);

  private static final Attribute<Attempts> ATTEMPTS = Attribute.of("attempts", Attempts.class);

  private CallContext() {}

  /** What was recorded of the call so far. The models of a call are tried one by one. */
  static Attempts attempts(Call call) {
    return call.get(ATTEMPTS)
        .orElseGet(
            () -> {
              Attempts none = new Attempts();
              call.put(ATTEMPTS, none);
              return none;
            });
  }

  static Candidate candidate(Call call) {
    return call.candidate()
        .orElseThrow(() -> new IllegalStateException("A layer of a candidate outside of one."));
  }
}
