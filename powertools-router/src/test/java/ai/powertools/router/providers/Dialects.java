package ai.powertools.router.providers;

import ai.powertools.core.Secret;
import ai.powertools.router.ChatProvider;
import ai.powertools.testing.ProviderSimulator;
import java.net.URI;

/** One client for each form of the API that the simulator speaks. */
enum Dialects {
  OPENAI_CHAT,
  OPENAI_RESPONSES,
  AZURE,
  ANTHROPIC,
  GEMINI,
  OLLAMA,
  LLAMA_CPP;

  ChatProvider client(ProviderSimulator simulator) {
    Secret key = Secret.of("key-0123456789");
    URI root = simulator.rootUrl();
    return switch (this) {
      case OPENAI_CHAT -> OpenAi.builder().key(key).baseUrl(simulator.url()).build();
      case OPENAI_RESPONSES ->
          OpenAi.builder().key(key).baseUrl(simulator.url()).api(OpenAi.Api.RESPONSES).build();
      case AZURE -> OpenAiCompatible.azure(root, "2024-10-21").key(key).build();
      case ANTHROPIC -> Anthropic.builder().key(key).baseUrl(root).build();
      case GEMINI -> Gemini.builder().key(key).baseUrl(root.resolve("/v1beta")).build();
      case OLLAMA -> Ollama.builder().key(key).baseUrl(root).build();
      case LLAMA_CPP -> LlamaCpp.builder().key(key).baseUrl(root).build();
    };
  }
}
