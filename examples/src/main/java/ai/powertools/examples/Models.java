package ai.powertools.examples;

import ai.powertools.core.Secret;
import ai.powertools.router.ChatModel;
import ai.powertools.router.providers.OpenAi;
import ai.powertools.testing.ProviderSimulator;
import java.util.Map;

/**
 * The model that the examples ask: OpenAI's where {@code OPENAI_API_KEY} is set or {@code
 * OPENAI_BASE_URL} names a server, and else a simulator that says what it was told to.
 */
final class Models {
  private Models() {}

  static OpenAi openAi(Map<String, String> environment, ProviderSimulator simulator) {
    return OpenAi.find(environment)
        .orElseGet(
            () ->
                OpenAi.builder()
                    .baseUrl(simulator.url())
                    .key(Secret.of("sk-of-the-simulator"))
                    .build());
  }

  static ChatModel model(ProviderSimulator simulator) {
    Map<String, String> environment = System.getenv();
    return openAi(environment, simulator)
        .model(environment.getOrDefault("OPENAI_MODEL", "gpt-5-mini"));
  }
}
