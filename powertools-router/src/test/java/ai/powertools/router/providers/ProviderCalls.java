package ai.powertools.router.providers;

import ai.powertools.core.Deadline;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.StreamListener;
import java.util.Optional;

/** Calls of a provider, as the router would make them. */
final class ProviderCalls {
  private ProviderCalls() {}

  static ProviderCall whole(String model, String question) {
    return new ProviderCall(model, ChatRequest.of(question), Optional.empty(), Deadline.never());
  }

  static ProviderCall streamed(String model, String question, StreamListener listener) {
    return new ProviderCall(
        model, ChatRequest.of(question), Optional.of(listener), Deadline.never());
  }

  static ProviderCall within(ProviderCall call, Deadline deadline) {
    return new ProviderCall(call.model(), call.request(), call.listener(), deadline);
  }

  static ProviderCall asking(ChatRequest request) {
    return new ProviderCall("m", request, Optional.empty(), Deadline.never());
  }
}
