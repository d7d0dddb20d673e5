package ai.powertools.router.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.router.ProviderException;
import ai.powertools.router.local.LocalModelException.Reason;
import ai.powertools.router.providers.LlamaCpp;
import ai.powertools.router.providers.Ollama;
import ai.powertools.router.providers.PullProgress;
import ai.powertools.testing.ProviderSimulator;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fetching models. */
class PullIT {
  private final ProviderSimulator simulator = ProviderSimulator.start().withModels();
  private final ProviderSimulator other = ProviderSimulator.start().asLlamaCpp();
  private final Ollama ollama = Ollama.at(simulator.rootUrl());
  private final LlamaCpp llamaCpp = LlamaCpp.at(other.rootUrl());
  private final LocalModels local = LocalModels.of(llamaCpp, ollama);

  @AfterEach
  void close() {
    simulator.close();
    other.close();
  }

  private LocalModelException failure(LocalModels models) {
    return catchThrowableOfType(
        LocalModelException.class, () -> models.pull("qwen3:8b", progress -> {}));
  }

  @Test
  void fetchesAModelAndTellsOfEachStep() {
    List<PullProgress> steps = new ArrayList<>();

    local.pull("qwen3:8b", steps::add);

    assertThat(steps.get(0)).isEqualTo(new PullProgress("pulling manifest", 0, 0));
    assertThat(steps).anyMatch(step -> step.total() > 0 && step.completed() == step.total());
    assertThat(steps.get(steps.size() - 1).status()).isEqualTo("success");
    assertThat(local.find("qwen3:8b").orElseThrow().provider()).isSameAs(ollama);
    assertThat(local.list().models().get(1).loaded()).isFalse();
  }

  @Test
  void looksAnewAtAModelThatWasFetchedAgain() {
    local.pull("qwen3", step -> {});
    local.find("qwen3");
    int asked = shown();
    local.find("qwen3");
    assertThat(shown()).isEqualTo(asked);

    local.pull("qwen3", step -> {});
    local.find("qwen3");

    assertThat(shown()).isEqualTo(asked + 1);
  }

  private int shown() {
    return (int)
        simulator.requests().stream().filter(request -> request.path().equals("/api/show")).count();
  }

  @Test
  void fetchesToTheFirstOllamaThatIsReady() {
    Ollama nobody = Ollama.at(URI.create("http://127.0.0.1:1"));

    LocalModels.of(nobody, ollama).pull("qwen3:8b", step -> {});

    assertThat(ollama.models()).hasSize(1);
  }

  @Test
  void namesServerAndModelWhenItFails() {
    simulator.errorInStream("", "x", "pull model manifest: file does not exist");

    LocalModelException error = failure(local);

    assertThat(error.reason()).isEqualTo(Reason.FAILED);
    assertThat(error.model()).isEqualTo("qwen3:8b");
    assertThat(error.server()).hasValue(ollama.toString());
    assertThat(error)
        .hasMessageStartingWith("The model \"qwen3:8b\" could not be fetched at " + ollama + ": ")
        .hasMessageContaining("pull model manifest: file does not exist")
        .hasCauseInstanceOf(ProviderException.class);
    assertThat(error.retryable()).isTrue();
    assertThat(error.retryAfter()).isEmpty();
  }

  @Test
  void asksForAServerThatCanFetch() {
    LocalModelException error = failure(LocalModels.of(llamaCpp));

    assertThat(error.reason()).isEqualTo(Reason.NOT_SUPPORTED);
    assertThat(error.server()).isEmpty();
    assertThat(error.retryable()).isFalse();
    assertThat(error)
        .hasMessageContaining("only Ollama fetches models, and there is none here, but " + llamaCpp)
        .hasMessageContaining("Start Ollama");
  }

  @Test
  void saysWhyNoServerIsReady() {
    simulator.close();

    LocalModelException error = failure(local);

    assertThat(error.reason()).isEqualTo(Reason.NO_SERVER);
    assertThat(error)
        .hasMessageContaining(ollama.toString())
        .hasMessageContaining("no connection")
        .hasMessageContaining("OLLAMA_HOST");
    assertThat(failure(LocalModels.of()).reason()).isEqualTo(Reason.NO_SERVER);
  }

  @Test
  void anInterruptHangsUp() throws InterruptedException {
    simulator.stall();
    CountDownLatch begun = new CountDownLatch(1);
    Interruption pull =
        Interruption.of(() -> local.pull("qwen3:8b", progress -> begun.countDown()));

    begun.await();

    assertThat(pull.now())
        .isInstanceOf(CancelledException.class)
        .hasMessageStartingWith("Interrupted before the model \"qwen3:8b\" was fetched at ollama");
    simulator.awaitAbandoned(1);
  }

  @Test
  void theDeadlineEndsIt() throws InterruptedException {
    simulator.stall();

    LocalModelException error =
        catchThrowableOfType(
            LocalModelException.class,
            () -> local.pull("qwen3:8b", step -> {}, Deadline.after(Duration.ofSeconds(1))));

    assertThat(error.reason()).isEqualTo(Reason.OUT_OF_TIME);
    assertThat(error).hasMessageContaining("Allow more time");
  }

  @Test
  void whatTheListenerThrowsEndsIt() throws InterruptedException {
    simulator.stall();

    assertThatThrownBy(
            () ->
                local.pull(
                    "qwen3:8b",
                    progress -> {
                      throw new IllegalStateException("enough");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
    simulator.awaitAbandoned(1);
  }
}
