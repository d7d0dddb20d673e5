package ai.powertools.orchestrator;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Content;
import ai.powertools.router.FinishReason;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.RateLimits;
import ai.powertools.router.VendorDetails;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers every call with what it has to say about the limits of its models. */
record ReportingProvider(String name, Map<String, RateLimits> models) implements ChatProvider {
  @Override
  public ChatResponse chat(ProviderCall call) {
    VendorDetails none = VendorDetails.NONE;
    return new ChatResponse(
        List.of(new Content.Text("Yes.")),
        name,
        call.model(),
        Usage.of(10, 2),
        Certainty.EXACT,
        FinishReason.STOP,
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        new VendorDetails(
            none.responseId(),
            none.finishReason(),
            none.serviceTier(),
            none.usage(),
            none.cost(),
            none.iterations(),
            models.getOrDefault(call.model(), RateLimits.NONE),
            none.timings()));
  }
}
