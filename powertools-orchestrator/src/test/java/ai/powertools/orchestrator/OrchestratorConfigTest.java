package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import ai.powertools.cost.Budget;
import ai.powertools.cost.Period;
import ai.powertools.ratelimit.Limits;
import ai.powertools.router.ChatModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrchestratorConfigTest {
  /** Nothing listens there: tests must not find a server of the machine they run on. */
  private static final Map<String, String> NO_SERVERS =
      Map.of("OLLAMA_HOST", "http://127.0.0.1:1", "KEY", "sk-from-the-environment");

  @TempDir Path folder;

  private OrchestratorBuilder read(String yaml) {
    return OrchestratorConfig.read(file(yaml), NO_SERVERS).builder();
  }

  private Path file(String yaml) {
    try {
      return Files.writeString(folder.resolve("powertools.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readsAllThatCanBeConfigured() {
    OrchestratorBuilder builder =
        read(
            """
            home: %s
            timeout: 2m
            strategy: in_order
            models:
              - openai:gpt-5-mini
              - ollama:qwen3:8b
              - builtin:extractive
            providers:
              openai:
                key: ${KEY}
                base_url: https://api.openai.com/v1
                timeout: 60s
              ollama:
                url: http://127.0.0.1:1
            budget: { usd: 12.5, per: week }
            limits:
              requests_per_minute: 60
              tokens_per_minute: 100_000
              concurrency: 8
              max_wait: 1h
            retry: { max_attempts: 5, first_wait: 100ms, longest_wait: 10s }
            """
                .formatted(folder.resolve("home")));

    assertThat(builder.home).contains(folder.resolve("home"));
    assertThat(builder.timeout).isEqualTo(Duration.ofMinutes(2));
    assertThat(builder.strategy.name()).isEqualTo("in order");
    assertThat(builder.models)
        .extracting(ChatModel::label)
        .containsExactly("openai:gpt-5-mini", "ollama:qwen3:8b", "builtin:extractive");
    assertThat(builder.budgets).containsExactly(Budget.usd("12.5").per(Period.WEEK));
    assertThat(builder.limits)
        .isEqualTo(
            LimitSettings.of(Limits.perMinute(60, 100_000).concurrency(8))
                .longestWait(Duration.ofHours(1)));
    assertThat(builder.retry)
        .isEqualTo(new RetrySettings(5, Duration.ofMillis(100), Duration.ofSeconds(10)));
  }

  @Test
  void anEmptyFileMeansTheDefaultsAndTheEnvironment() {
    OrchestratorBuilder builder = read("# nothing yet\n");
    assertThat(builder.models).extracting(ChatModel::label).containsExactly("builtin:extractive");
    assertThat(builder.retry).isEqualTo(RetrySettings.DEFAULTS);
    assertThat(builder.budgets).isEmpty();
  }

  @Test
  void takesOneModelInThePlaceOfAList() {
    assertThat(read("models: builtin:extractive").models).hasSize(1);
    assertThat(read("models: ollama:x").models).hasSize(1);
    assertThat(
            read("""
                    models: openai_compatible:m
                    providers:
                      openai_compatible: { name: groq, base_url: "http://127.0.0.1:1/v1" }
                    """)
                .models
                .get(0)
                .label())
        .isEqualTo("groq:m");
  }

  @Test
  void configuresEveryProvider() {
    OrchestratorBuilder builder =
        read(
            """
            models: [openai:a, anthropic:b, gemini:c, ollama:d, llama_cpp:e]
            providers:
              openai: { base_url: "http://127.0.0.1:1/v1", key: k1 }
              anthropic: { base_url: "http://127.0.0.1:1", key: k2, timeout: 5s }
              gemini: { base_url: "http://127.0.0.1:1/v1beta", key: k3 }
              ollama: { url: "http://127.0.0.1:1" }
              llama_cpp: { url: "http://127.0.0.1:1" }
            """);

    assertThat(builder.models)
        .extracting(ChatModel::label)
        .containsExactly("openai:a", "anthropic:b", "google:c", "ollama:d", "llama.cpp:e");
  }

  @Test
  void findsProvidersInTheEnvironmentAlone() {
    Map<String, String> keys =
        Map.of("OPENAI_API_KEY", "k1", "ANTHROPIC_API_KEY", "k2", "GEMINI_API_KEY", "k3");

    for (String name : List.of("openai", "anthropic", "gemini", "google", "ollama", "llama_cpp")) {
      assertThat(ProviderSettings.found(name, keys)).isPresent();
    }
    assertThat(ProviderSettings.found("acme", keys)).isEmpty();
    assertThat(ProviderSettings.found("gemini", Map.of())).isEmpty();
    assertThat(ProviderSettings.variable("anthropic")).contains("ANTHROPIC_API_KEY");
    assertThat(ProviderSettings.variable("google")).contains("GEMINI_API_KEY");
    assertThat(ProviderSettings.variable("ollama")).isEmpty();
  }

  @Test
  void theTemplateOfTheRepositoryIsRight() {
    Path template = Path.of("..", "templates", "powertools.yaml");
    OrchestratorBuilder builder =
        OrchestratorConfig.read(template, Map.of("OPENAI_API_KEY", "sk-test")).builder();
    assertThat(builder.models).hasSize(2);
    assertThat(builder.limits)
        .isEqualTo(
            LimitSettings.of(Limits.perMinute(60, 100_000).concurrency(8))
                .provider("openai", Limits.perMinute(500, 100_000).concurrency(8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bugdet: 1                    | line 1: "bugdet" is not known here; known are breaker, budget, budgets, dead_letters, home, limits, models, providers, retry, strategy, timeout.
          budget: { usdd: 1, usd: 1 }  | line 1: "budget.usdd" is not known here; known are per, usd.
          budget: 100                  | line 1: "budget" must be a section with keys of its own.
          budget: { per: month }       | line 1: "budget" needs a limit, as in usd: 100.
          budget: { usd: ten }         | line 1: "budget.usd" must be an amount of dollars such as 100 or 0.01, not "ten".
          budget: { usd: 1, per: year }| line 1: "budget.per" must be hour, day, week, month or ever, not "year".
          strategy: dearest            | line 1: "strategy" must be cheapest, in_order, best, fastest, balanced, least_busy or round_robin, not "dearest".
          timeout: 5                   | line 1: "timeout" must be a number and ms, s, m or h, as in 200ms or 5m, not "5".
          timeout: [1s, 2s]            | line 1: "timeout" must be a single value.
          limits: { concurrency: 0 }   | line 1: "limits.concurrency" must be a whole number of at least 1, not "0".
          models: gpt-5-mini           | model "gpt-5-mini" must be written as provider:model, as in openai:gpt-5-mini.
          models: acme:x               | model "acme:x" needs a provider "acme". Add it under providers (openai, openai_compatible, anthropic, gemini, ollama, llama_cpp).
          models: openai:x             | model "openai:x" needs a provider "openai". Add it under providers (openai, openai_compatible, anthropic, gemini, ollama, llama_cpp), or set OPENAI_API_KEY.
          home: ${NOWHERE}/x           | line 1: "home" needs the environment variable NOWHERE, which is not set.
          providers: { openai: { base_url: "ftp://x" } } | line 1: "providers.openai.base_url" must be a URL that begins with http:// or https://, not "ftp://x".
          providers: { azure: {} }     | line 1: "providers.azure" is not known here; known are anthropic, gemini, llama_cpp, ollama, openai, openai_compatible.
          just text                    | line 1: a configuration is keys and values, as in "key: value".
          """)
  void namesTheLineTheKeyAndTheRemedy(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("powertools.yaml")
        .hasMessageContaining(problem);
  }

  @Test
  void namesTheLineFurtherDown() {
    assertThatThrownBy(() -> read("timeout: 1m\n\nretry:\n  max_attempts: 3\n  frist_wait: 1s\n"))
        .hasMessageContaining(
            "line 5: \"retry.frist_wait\" is not known here; known are budget, first_wait,"
                + " longest_wait, max_attempts.");
  }

  @Test
  void whatIsNoYamlIsNotQuoted() {
    assertThatThrownBy(() -> read("providers:\n  openai: {key: sk-very-secret\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("this is no YAML")
        .satisfies(
            e -> {
              for (Throwable t = e; t != null; t = t.getCause()) {
                assertThat(String.valueOf(t.getMessage())).doesNotContain("sk-very-secret");
              }
            });
  }

  @Test
  void saysWhichFileCantBeRead() {
    assertThatThrownBy(() -> AiOrchestrator.from(folder.resolve("none.yaml")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Could not read " + folder.resolve("none.yaml"));
  }

  @Test
  void opensWhatAFileSays() {
    Path home = folder.resolve("home");
    try (AiOrchestrator ai =
        AiOrchestrator.from(file("home: " + home + "\nmodels: builtin:extractive\n"))) {
      assertThat(ai.places().log()).isEqualTo(home.resolve("powertools.log").toString());
      assertThat(ai.models()).hasSize(1);
    }
    assertThat(home.resolve("state.db")).exists();
  }

  @Test
  void knowsWhereAPersonKeepsThings() {
    String user = System.getProperty("user.home");
    assertThat(Home.standard(Map.of())).isEqualTo(Path.of(user, ".powertools"));
    assertThat(Home.standard(Map.of("POWERTOOLS_HOME", "~/x"))).isEqualTo(Path.of(user, "x"));
    assertThat(Home.expand("~")).isEqualTo(Path.of(user));
    assertThat(Home.expand("/x/~")).isEqualTo(Path.of("/x/~"));
  }

  @Test
  void findsWhatTheEnvironmentOffers() {
    assertThat(
            AiOrchestrator.configured(
                    Optional.empty(),
                    Map.of(
                        "OLLAMA_HOST",
                        "http://127.0.0.1:1",
                        "OPENAI_API_KEY",
                        "sk-x",
                        "OPENAI_MODEL",
                        "gpt-5-nano, gpt-5-mini,"))
                .models)
        .extracting(ChatModel::label)
        .containsExactly("openai:gpt-5-nano", "openai:gpt-5-mini", "builtin:extractive");
    assertThat(
            DetectedModels.in(
                    Map.of(
                        "OLLAMA_HOST",
                        "http://127.0.0.1:1",
                        "OPENAI_BASE_URL",
                        "http://127.0.0.1:1/v1",
                        "OPENAI_MODEL",
                        "local-model"))
                .get(0)
                .facts()
                .orElseThrow()
                .prices())
        .isPresent();
  }

  @Test
  void readsWhenModelsAreLeftAloneAndWhatIsKept() {
    OrchestratorBuilder builder =
        read(
            """
            retry: { budget: 0 }
            breaker: { failure_rate: 0.8, window: 30, minimum_calls: 6, open_for: 1m }
            dead_letters: true
            """);
    assertThat(builder.retry.budget()).isZero();
    assertThat(builder.breaker)
        .isEqualTo(new BreakerSettings(true, 0.8, 30, 6, Duration.ofMinutes(1)));
    assertThat(builder.deadLetters).isTrue();

    OrchestratorBuilder plain = read("breaker: { enabled: false }");
    assertThat(plain.retry.budget()).isEqualTo(0.1);
    assertThat(plain.breaker.enabled()).isFalse();
    assertThat(plain.deadLetters).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          retry: { budget: much }       | "retry.budget" must be a number of retries for each call
          retry: { budget: -1 }         | "retry.budget" is wrong: A budget of retries
          breaker: { failure_rate: 2 }  | "breaker.failure_rate" is wrong: A failure rate is above 0
          breaker: { windows: 3 }       | "breaker.windows" is not known here
          dead_letters: maybe           | "dead_letters" must be true or false
          """)
  void saysWhatIsWrongWithRetriesAndBreakers(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(problem);
  }
}
