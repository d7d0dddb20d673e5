package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Deadline;
import ai.powertools.router.ProviderException;
import ai.powertools.testing.ProviderSimulator;
import ai.powertools.testing.RecordedRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OllamaLoadIT {
  private final ProviderSimulator simulator =
      ProviderSimulator.start().withModels("llama3.2:latest", "embedder").unloadAll();
  private final Ollama ollama = Ollama.at(simulator.rootUrl());

  @AfterEach
  void close() {
    simulator.close();
  }

  private RecordedRequest last() {
    return simulator.requests().get(simulator.requests().size() - 1);
  }

  @Test
  void loadsAModelForAsLongAsTheServerKeepsThem() {
    ollama.load("llama3.2", Deadline.never());

    assertThat(last().path()).isEqualTo("/api/generate");
    assertThat(last().body().toString()).isEqualTo("{\"model\":\"llama3.2\"}");
    assertThat(ollama.loaded()).containsExactly("llama3.2:latest");
  }

  @Test
  void loadsAModelForATime() {
    ollama.load("llama3.2", Duration.ofMinutes(2), Deadline.after(Duration.ofMinutes(1)));

    assertThat(last().body().path("keep_alive").asText()).isEqualTo("120000ms");
    assertThatThrownBy(() -> ollama.load("llama3.2", Duration.ZERO, Deadline.never()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unload takes it out");
  }

  @Test
  void loadsAModelThatOnlyEmbedsByAskingForNoVectors() {
    ollama.load("embedder", Deadline.never());

    assertThat(last().path()).isEqualTo("/api/embed");
    assertThat(last().body().toString()).isEqualTo("{\"model\":\"embedder\",\"input\":[]}");
    assertThat(ollama.loaded()).containsExactly("embedder");
  }

  @Test
  void unloadsAModel() {
    ollama.load("llama3.2", Deadline.never());
    ollama.unload("llama3.2");
    ollama.unload("llama3.2");

    assertThat(ollama.loaded()).isEmpty();
    assertThatThrownBy(() -> ollama.unload("no"))
        .isInstanceOf(ProviderException.InvalidRequest.class)
        .hasMessageContaining("model 'no' not found");
  }

  @Test
  void saysThatItDidNotLoadInTime() throws InterruptedException {
    simulator.stall();

    assertThatThrownBy(() -> ollama.load("llama3.2", Deadline.after(Duration.ofMillis(300))))
        .isInstanceOf(ProviderException.TimedOut.class);
    simulator.awaitAbandoned(1);
  }
}
