package ai.powertools.router.providers;

import ai.powertools.models.UsageReader;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ProviderCall;

/** Chat completions at one endpoint. */
final class OpenAiChat {
  private final Endpoint endpoint;
  private final OpenAiPaths paths;
  private final OpenAiChatRequest request;
  private final UsageReader reader;

  OpenAiChat(Endpoint endpoint, OpenAiPaths paths, String name) {
    this.endpoint = endpoint;
    this.paths = paths;
    this.request = new OpenAiChatRequest(new OpenAiDialect(name, endpoint.host()));
    this.reader = UsageReader.of(name, "chat").orElseGet(UsageReader::openAiCompatible);
  }

  ChatResponse chat(ChatProvider provider, ProviderCall call) {
    Answer answer = endpoint.answer(provider, call);
    Refusals.check(answer, OpenAiChatRequest.refusal(call.request()));
    byte[] body = request.body(call);
    try (Exchange exchange =
        endpoint.post(answer, paths.of(call.model(), "chat/completions"), body)) {
      OpenAiChatDecoder decoder = new OpenAiChatDecoder(exchange, answer, reader);
      // Some servers can't stream, and answer whole.
      return call.listener().isPresent() && !exchange.isJson()
          ? AnswerReader.stream(exchange, answer, decoder, AnswerReader.Framing.SSE)
          : AnswerReader.whole(exchange, answer, decoder);
    }
  }
}
