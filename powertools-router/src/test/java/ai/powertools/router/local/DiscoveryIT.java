package ai.powertools.router.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.router.providers.LlamaCpp;
import ai.powertools.router.providers.Ollama;
import ai.powertools.testing.ProviderSimulator;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers are looked for where variables say; what this machine has else is left alone. */
class DiscoveryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ProviderSimulator simulator = ProviderSimulator.start().asLlamaCpp();
  private final Map<String, String> env = new HashMap<>();

  DiscoveryIT() {
    env.put("OLLAMA_HOST", "http://127.0.0.1:1"); // nobody is there
    env.put("LLAMA_ARG_PORT", "1");
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  private String port() {
    return String.valueOf(simulator.rootUrl().getPort());
  }

  private LocalModels discovered() {
    return LocalModels.discover(env, PATIENCE);
  }

  @Test
  void findsNothingWhereNothingIs() {
    LocalModels none = discovered();

    assertThat(none.isEmpty()).isTrue();
    assertThat(none.list().models()).isEmpty();
    assertThat(none.list().unasked()).isEmpty();
  }

  @Test
  void findsTheServersThatVariablesName() {
    env.put("OLLAMA_HOST", "127.0.0.1:" + port());
    env.put("LLAMA_ARG_PORT", port());

    LocalModels both = discovered();

    assertThat(both.servers()).hasSize(2);
    assertThat(both.servers().get(0)).isInstanceOf(Ollama.class);
    assertThat(both.servers().get(1)).isInstanceOf(LlamaCpp.class);
    assertThat(both.servers().get(0).endpoint()).contains(URI.create(simulator.rootUrl() + "/"));
  }

  @Test
  void findsALlamaCppThatStillLoads() {
    env.put("LLAMA_ARG_PORT", port());
    simulator.loading(1);

    assertThat(discovered().servers()).hasSize(1);
  }

  @Test
  void tellsOfAVariableThatIsNoAddress() {
    env.put("OLLAMA_HOST", "a b");
    env.put("LLAMA_ARG_PORT", port());

    LocalModels one = discovered();

    assertThat(one.servers()).hasSize(1);
    assertThat(one.list().unasked()).hasSize(1);
    assertThat(one.list().unasked().get(0).server()).isEqualTo("OLLAMA_HOST");
    assertThat(one.list().unasked().get(0).why()).startsWith("OLLAMA_HOST is no address.");
  }

  @Test
  void tellsOfAPortThatIsNone() {
    env.put("LLAMA_ARG_PORT", "eight");

    assertThat(discovered().list().unasked()).hasSize(1);
    assertThat(discovered().list().unasked().get(0).server()).isEqualTo("LLAMA_ARG_HOST");
  }

  @Test
  void knowsALlamaCppFromOtherServersOfItsPort() {
    LlamaCpp server = LlamaCpp.at(simulator.rootUrl());
    try (ProviderSimulator stranger = ProviderSimulator.start()) {
      assertThat(Discovery.isGenuine(LlamaCpp.at(stranger.rootUrl()))).isFalse();
    }

    assertThat(Discovery.isGenuine(server)).isTrue();
    simulator.loading(1);
    assertThat(Discovery.isGenuine(server)).isTrue();
    simulator.requireKey("k"); // its health is open to everybody, its properties are not
    assertThat(Discovery.isGenuine(server)).isFalse();
  }

  @Test
  void leavesOutWhoDoesNotAnswerInTime() {
    env.put("OLLAMA_HOST", "127.0.0.1:" + port());

    assertThat(LocalModels.discover(env, Duration.ZERO).isEmpty()).isTrue();
  }

  @Test
  void anInterruptEndsTheSearchAndStaysSet() {
    env.put("OLLAMA_HOST", "127.0.0.1:" + port());
    Thread.currentThread().interrupt();

    LocalModels none = discovered();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(none.isEmpty()).isTrue();
  }

  @Test
  void neverThrows() {
    assertThat(LocalModels.discover().health().size()).isNotNegative();
  }
}
