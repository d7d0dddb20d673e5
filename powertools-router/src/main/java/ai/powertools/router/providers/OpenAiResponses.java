package ai.powertools.router.providers;

import ai.powertools.core.Deadline;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import java.util.Optional;

/** OpenAI's responses at one endpoint. */
final class OpenAiResponses {
  private final Endpoint endpoint;
  private final String provider;

  OpenAiResponses(Endpoint endpoint, String provider) {
    this.endpoint = endpoint;
    this.provider = provider;
  }

  ChatResponse chat(ChatProvider owner, ProviderCall call) {
    Answer answer = endpoint.answer(owner, call);
    Refusals.check(answer, OpenAiResponsesRequest.refusal(call.request()));
    byte[] body = Json.bytes(OpenAiResponsesRequest.body(call));
    try (Exchange exchange = endpoint.post(answer, "responses", body)) {
      OpenAiResponsesDecoder decoder = new OpenAiResponsesDecoder(exchange, answer);
      return call.listener().isPresent() && !exchange.isJson()
          ? AnswerReader.stream(exchange, answer, decoder, AnswerReader.Framing.SSE)
          : AnswerReader.whole(exchange, answer, decoder);
    }
  }

  long countTokens(String model, ChatRequest request, Deadline deadline) {
    Errand errand =
        endpoint.errand(
            provider, model, request.messages().stream().map(Message::text).toList(), deadline);
    Refusals.check(errand, OpenAiResponsesRequest.refusal(request));
    return Reply.post(
            endpoint,
            errand,
            "responses/input_tokens",
            OpenAiResponsesRequest.countable(
                new ProviderCall(model, request, Optional.empty(), deadline)))
        .count("input_tokens");
  }
}
