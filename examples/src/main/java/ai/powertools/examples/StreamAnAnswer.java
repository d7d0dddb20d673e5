package ai.powertools.examples;

import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatStream;
import ai.powertools.router.StreamEvent;
import ai.powertools.testing.ProviderSimulator;

/** The answer as it arrives; closing it early would hang up. */
public final class StreamAnAnswer {
  private StreamAnAnswer() {}

  public static void main(String[] arguments) {
    try (ProviderSimulator simulator = ProviderSimulator.start()) {
      simulator.answer("Air scatters blue light most.", 14, 6);
      ChatRequest question = ChatRequest.of("Why is the sky blue?");

      try (ChatStream stream = Models.model(simulator).stream(question)) {
        for (StreamEvent event : stream) {
          if (event instanceof StreamEvent.TextDelta delta) {
            System.out.print(delta.text());
          } else if (event instanceof StreamEvent.Finished finished) {
            System.out.println();
            System.out.println(finished.response().usage().outputTokens() + " tokens of output");
          }
        }
      }
    }
  }
}
