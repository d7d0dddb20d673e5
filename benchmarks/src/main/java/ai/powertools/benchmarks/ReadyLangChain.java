package ai.powertools.benchmarks;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;

/** The same as {@link ReadyProvider}, as a model of LangChain4j. */
final class ReadyLangChain implements ChatModel {
  private final ChatResponse answer =
      ChatResponse.builder().aiMessage(AiMessage.from("Air scatters blue light most.")).build();

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return answer;
  }
}
