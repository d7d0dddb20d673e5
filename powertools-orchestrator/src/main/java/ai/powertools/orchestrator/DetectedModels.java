package ai.powertools.orchestrator;

import ai.powertools.router.Ollama;
import ai.powertools.router.OpenAiCompatible;
import ai.powertools.router.RoutedModel;
import ai.powertools.router.extractive.Extractive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The models that an environment offers without any configuration. */
final class DetectedModels {
  private static final String DEFAULT_MODEL = "gpt-5-mini";
  private static final String EXTRACTIVE = "extractive";

  private DetectedModels() {}

  static List<RoutedModel> in(Map<String, String> environment) {
    List<RoutedModel> models = new ArrayList<>();
    OpenAiCompatible.fromEnv(environment)
        .ifPresent(openAi -> addNamed(models, openAi, environment));
    Ollama.find(environment).ifPresent(ollama -> addServed(models, ollama));
    models.add(Extractive.create().model(EXTRACTIVE));
    return models;
  }

  private static void addNamed(
      List<RoutedModel> models, OpenAiCompatible openAi, Map<String, String> environment) {
    for (String name : environment.getOrDefault("OPENAI_MODEL", DEFAULT_MODEL).split(",", -1)) {
      String id = name.strip();
      if (!id.isEmpty()) {
        models.add(openAi.model(id));
      }
    }
  }

  /** Models that only embed can't chat; Ollama's list does not tell them apart but by name. */
  private static void addServed(List<RoutedModel> models, Ollama ollama) {
    for (String id : ollama.models()) {
      if (!id.toLowerCase(Locale.ROOT).contains("embed")) {
        models.add(ollama.model(id));
      }
    }
  }
}
