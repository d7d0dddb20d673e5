package ai.powertools.testing;

import java.io.IOException;

/** The paths of Anthropic. */
final class AnthropicRoutes {
  private static final Dialect MESSAGES = new AnthropicDialect();

  private AnthropicRoutes() {}

  /** Returns whether there is such a path. */
  static boolean serve(Exchange exchange) throws IOException {
    switch (exchange.line()) {
      case "POST /v1/messages" ->
          exchange.chat(
              MESSAGES,
              exchange.body().path("model").asText(),
              exchange.body().path("stream").asBoolean(false));
      case "POST /v1/messages/count_tokens" ->
          exchange.answer(
              AnthropicDialect.missingOfPrompt(exchange.request()),
              () -> Json.object().put("input_tokens", MESSAGES.prompt(exchange.body()).words()));
      case "GET /v1/models" -> exchange.respond(200, ModelLists.anthropic(exchange.models()));
      default -> {
        return false;
      }
    }
    return true;
  }
}
