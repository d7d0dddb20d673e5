package ai.powertools.examples;

import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Content;
import ai.powertools.router.Message;
import ai.powertools.router.Tool;
import ai.powertools.testing.ProviderSimulator;
import ai.powertools.testing.SimulatedAnswer;

/** The model asks for a tool, is told its result, and answers. */
public final class CallTools {
  private CallTools() {}

  /** The arguments of the tool. */
  record Place(String city) {}

  public static void main(String[] arguments) {
    try (ProviderSimulator simulator = ProviderSimulator.start()) {
      simulator
          .answer(SimulatedAnswer.builder().toolCall("get_weather", "{\"city\":\"Paris\"}").build())
          .answer("It is sunny in Paris.");
      ChatModel model = Models.model(simulator);
      ChatRequest request =
          ChatRequest.builder()
              .user("How is the weather in Paris?")
              .tool(Tool.of("get_weather", "The weather of a city", Place.class))
              .build();

      ChatResponse answer = model.chat(request);
      while (!answer.toolCalls().isEmpty()) {
        request = request.and(answer.message());
        for (Content.ToolCall call : answer.toolCalls()) {
          Place place = call.arguments(Place.class);
          System.out.println("asked for the weather in " + place.city());
          request = request.and(Message.toolResult(call, "sunny, 24 degrees"));
        }
        answer = model.chat(request);
      }
      System.out.println(answer.text());
    }
  }
}
