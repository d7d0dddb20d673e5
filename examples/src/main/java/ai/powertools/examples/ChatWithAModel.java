package ai.powertools.examples;

import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatResponse;
import ai.powertools.testing.ProviderSimulator;

/** One question, and all that comes back with the answer. */
public final class ChatWithAModel {
  private ChatWithAModel() {}

  public static void main(String[] arguments) {
    try (ProviderSimulator simulator = ProviderSimulator.start()) {
      simulator.answer("Rayleigh scattering.", 14, 5);
      ChatModel model = Models.model(simulator);

      ChatResponse answer = model.chat("Why is the sky blue?");

      System.out.println(answer.text());
      System.out.println(answer.usage().totalTokens() + " tokens, " + answer.usageCertainty());
      System.out.println("ended by " + answer.finishReason() + ", in " + answer.duration());
    }
  }
}
