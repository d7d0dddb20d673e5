package ai.powertools.orchestrator;

import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.LocalModel;
import ai.powertools.router.extractive.Extractive;
import ai.powertools.router.providers.Anthropic;
import ai.powertools.router.providers.Gemini;
import ai.powertools.router.providers.LlamaCpp;
import ai.powertools.router.providers.Ollama;
import ai.powertools.router.providers.OpenAi;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The models that an environment offers without any configuration. */
final class DetectedModels {
  private static final String EXTRACTIVE = "extractive";

  private final Map<String, String> environment;
  private final List<ChatModel> models = new ArrayList<>();

  private DetectedModels(Map<String, String> environment) {
    this.environment = environment;
  }

  static List<ChatModel> in(Map<String, String> environment) {
    DetectedModels found = new DetectedModels(environment);
    found.addNamed(OpenAi.find(environment), "OPENAI_MODEL", "gpt-5-mini");
    found.addNamed(Anthropic.find(environment), "ANTHROPIC_MODEL", "claude-sonnet-4-6");
    found.addNamed(Gemini.find(environment), "GEMINI_MODEL", "gemini-2.5-flash");
    Ollama.find(environment).ifPresent(found::addServed);
    if (environment.containsKey("LLAMA_ARG_PORT") || environment.containsKey("LLAMA_ARG_HOST")) {
      // Its usual port, 8080, is everybody's: it is looked for only where somebody names it.
      LlamaCpp.find(environment).ifPresent(server -> found.models.add(server.model("default")));
    }
    found.models.add(Extractive.create().model(EXTRACTIVE));
    return found.models;
  }

  private void addNamed(Optional<? extends ChatProvider> provider, String variable, String usual) {
    if (provider.isEmpty()) {
      return;
    }
    for (String name : environment.getOrDefault(variable, usual).split(",", -1)) {
      String id = name.strip();
      if (!id.isEmpty()) {
        models.add(provider.get().model(id));
      }
    }
  }

  /** Models that only embed can't chat; Ollama's list does not tell them apart but by name. */
  private void addServed(Ollama ollama) {
    for (LocalModel model : ollama.models()) {
      if (!model.name().toLowerCase(Locale.ROOT).contains("embed")) {
        models.add(ollama.model(model.name()));
      }
    }
  }
}
