package ai.powertools.llamacpp;

import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
import ai.powertools.router.Message;
import ai.powertools.router.Role;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A conversation as the text that the model goes on with, by the template in its file. */
final class Prompt {
  private Prompt() {}

  /** What can't be asked of it; empty if it can. */
  static Optional<String> refusal(ChatRequest request) {
    if (!request.tools().isEmpty()) {
      return Optional.of("it calls no tools in the process; use a llama.cpp server");
    }
    if (request.has(Content.Image.class)
        || request.has(Content.Audio.class)
        || request.has(Content.File.class)) {
      return Optional.of("it reads text only in the process; use a llama.cpp server");
    }
    if (request.has(Content.ToolResult.class)) {
      return Optional.of("it has no words for what tools answered; use a llama.cpp server");
    }
    if (request.options().reasoning().isPresent()) {
      return Optional.of("how much it thinks can't be set; its file decides");
    }
    if (request.options().serviceTier().isPresent() || !request.options().extras().isEmpty()) {
      return Optional.of("it has neither service tiers nor extras");
    }
    return Optional.empty();
  }

  static String of(LlamaModel llama, ChatRequest request) {
    StringBuilder rules = new StringBuilder();
    List<Pair<String, String>> turns = new ArrayList<>();
    for (Message message : request.messages()) {
      if (message.role() == Role.SYSTEM) {
        rules.append(rules.isEmpty() ? "" : "\n\n").append(message.text());
      } else {
        String role = message.role() == Role.ASSISTANT ? "assistant" : "user";
        turns.add(new Pair<>(role, message.text()));
      }
    }
    return llama.applyTemplate(new InferenceParameters("").setMessages(rules.toString(), turns));
  }
}
