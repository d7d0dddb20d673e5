package ai.powertools.testing;

import java.io.IOException;

/** Finds out what is asked for. Stateless. */
final class Router {
  private Router() {}

  static void serve(Exchange exchange, Setup setup) throws IOException {
    if (!setup.admits(exchange.vendor(), exchange.request())) {
      exchange.refuseKey();
      return;
    }
    boolean served =
        switch (exchange.vendor()) {
          case OPEN_AI, AZURE -> OpenAiRoutes.serve(exchange);
          case ANTHROPIC -> AnthropicRoutes.serve(exchange);
          case GEMINI -> GeminiRoutes.serve(exchange);
          case OLLAMA -> OllamaRoutes.serve(exchange);
          case LLAMA_CPP -> LlamaCppRoutes.serve(exchange, setup.stillLoads());
        };
    if (!served) {
      exchange.unknown();
    }
  }
}
