package ai.powertools.benchmarks;

import ai.powertools.models.Usage;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ProviderCall;

/**
 * Gives the same answer to every call, made before: what is left of a call is what is around it.
 */
record ReadyProvider(String name, ChatResponse answer) implements ChatProvider {

  /** One named as a provider of the catalog, whose models it has. */
  static ReadyProvider named(String name) {
    return new ReadyProvider(
        name, ChatResponse.of("Air scatters blue light most.", name, "ready", Usage.of(20, 8)));
  }

  @Override
  public ChatResponse chat(ProviderCall call) {
    return answer;
  }
}
