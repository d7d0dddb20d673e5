package ai.powertools.orchestrator;

import ai.powertools.cost.CallSpan;
import ai.powertools.router.Attribute;
import ai.powertools.router.Call;
import ai.powertools.router.Candidate;

/** What the layers of one call leave for each other. */
final class CallContext {
  /** The money that is reserved for the model that is being tried. */
  static final Attribute<CallSpan> SPAN = Attribute.of("reservation", CallSpan.class);

  /** How many attempts were recorded for models that were tried before. */
  static final Attribute<Integer> ATTEMPTS = Attribute.of("attempts", Integer.class);

  private CallContext() {}

  static Candidate candidate(Call call) {
    return call.candidate()
        .orElseThrow(() -> new IllegalStateException("A layer of a candidate outside of one."));
  }
}
