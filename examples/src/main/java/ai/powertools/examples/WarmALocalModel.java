package ai.powertools.examples;

import ai.powertools.core.Deadline;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.local.LocalListing;
import ai.powertools.router.local.LocalModels;
import ai.powertools.router.providers.LlamaCpp;
import ai.powertools.router.providers.Ollama;
import ai.powertools.testing.ProviderSimulator;
import java.time.Duration;

/** A model is fetched and loaded before it is needed, and answers through a router for $0. */
public final class WarmALocalModel {
  private WarmALocalModel() {}

  public static void main(String[] arguments) {
    try (ProviderSimulator ollama = ProviderSimulator.start().withModels("gemma3:latest");
        ProviderSimulator llamaCpp = ProviderSimulator.start().loading(2)) {
      LocalModels local = // for real: LocalModels.discover()
          LocalModels.of(Ollama.at(ollama.rootUrl()), LlamaCpp.at(llamaCpp.rootUrl()));

      LocalListing listing = local.list();
      listing.forEach(served -> System.out.println("there is " + served.model().name()));
      listing.unasked().forEach(one -> System.out.println("not asked: " + one.server()));

      local.pull("qwen3:8b", progress -> System.out.println("  " + progress.status()));
      Duration took = local.warm("qwen3:8b", Deadline.after(Duration.ofMinutes(10)));
      System.out.println("loaded within " + (took.toSeconds() + 1) + " s");

      ollama.answer("Rayleigh scattering.");
      LlmRouter router = LlmRouter.builder().model(local.find("qwen3:8b").orElseThrow()).build();
      System.out.println(router.route(ChatRequest.of("Why is the sky blue?")).text());

      local.unload("qwen3:8b"); // its memory is free again
    }
  }
}
