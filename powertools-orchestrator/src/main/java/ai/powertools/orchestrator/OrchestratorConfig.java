package ai.powertools.orchestrator;

import ai.powertools.core.ConfigurationException;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.Strategy;
import ai.powertools.router.extractive.Extractive;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@code powertools.yaml}, turned into a builder. */
final class OrchestratorConfig {
  private static final String STRATEGIES =
      "cheapest, in_order, best, fastest, balanced, least_busy or round_robin";

  private final Path file;
  private final Map<String, String> environment;
  private final OrchestratorBuilder builder = new OrchestratorBuilder();

  private OrchestratorConfig(Path file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /**
   * Reads and checks a file.
   *
   * @throws ConfigurationException if something in it is wrong, with the line and the remedy
   */
  static OrchestratorConfig read(Path file, Map<String, String> environment) {
    OrchestratorConfig config = new OrchestratorConfig(file, environment);
    YamlSection root = YamlSection.of(file, environment);
    config.builder.home(root.text("home").map(Home::expand).orElse(Home.standard(environment)));
    root.duration("timeout").ifPresent(config.builder::timeout);
    root.parsed("strategy", STRATEGIES, OrchestratorConfig::strategy)
        .ifPresent(config.builder::strategy);
    Map<String, ChatProvider> providers = config.providers(root);
    config.models(root.texts("models"), providers);
    BudgetSection.read(root).forEach(config.builder::budget);
    root.section("limits")
        .map(section -> LimitSection.read(section, providers))
        .ifPresent(config.builder::limits);
    root.section("retry").map(RetrySection::retry).ifPresent(config.builder::retry);
    root.section("breaker").map(RetrySection::breaker).ifPresent(config.builder::breaker);
    root.flag("dead_letters").ifPresent(config.builder::deadLetters);
    root.refuseOthers();
    return config;
  }

  /** A builder with all that the file says; more can be added. */
  OrchestratorBuilder builder() {
    return builder;
  }

  private Map<String, ChatProvider> providers(YamlSection root) {
    Map<String, ChatProvider> providers = new LinkedHashMap<>();
    root.section("providers")
        .ifPresent(
            section -> {
              for (String name : ProviderSettings.NAMES) {
                section
                    .section(name)
                    .ifPresent(inner -> providers.put(name, ProviderSettings.read(name, inner)));
              }
              section.refuseOthers();
            });
    return providers;
  }

  /** Named models of named providers; without names, whatever the environment offers. */
  private void models(List<String> names, Map<String, ChatProvider> providers) {
    if (names.isEmpty()) {
      builder.detectModels(environment);
      return;
    }
    for (String name : names) {
      builder.model(model(name, providers));
    }
  }

  private ChatModel model(String name, Map<String, ChatProvider> providers) {
    int colon = name.indexOf(':');
    if (colon < 1 || colon == name.length() - 1) {
      throw new ConfigurationException(
          "%s: model \"%s\" must be written as provider:model, as in openai:gpt-5-mini."
              .formatted(file, name));
    }
    String provider = name.substring(0, colon);
    String id = name.substring(colon + 1);
    if (provider.equals("builtin")) {
      return Extractive.create().model(id);
    }
    return Optional.ofNullable(providers.get(provider))
        .or(() -> ProviderSettings.found(provider, environment))
        .orElseThrow(() -> unconfigured(name, provider))
        .model(id);
  }

  private ConfigurationException unconfigured(String model, String provider) {
    return new ConfigurationException(
        "%s: model \"%s\" needs a provider \"%s\". Add it under providers (%s)%s."
            .formatted(
                file,
                model,
                provider,
                String.join(", ", ProviderSettings.NAMES),
                ProviderSettings.variable(provider).map(set -> ", or set " + set).orElse("")));
  }

  private static Strategy strategy(String name) {
    return switch (name) {
      case "cheapest" -> Strategy.cheapest();
      case "in_order" -> Strategy.inOrder();
      case "best" -> Strategy.best();
      case "fastest" -> Strategy.fastest();
      case "balanced" -> Strategy.balanced();
      case "least_busy" -> Strategy.leastBusy();
      case "round_robin" -> Strategy.roundRobin();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
