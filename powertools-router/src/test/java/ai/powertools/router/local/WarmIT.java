package ai.powertools.router.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.router.LocalServer;
import ai.powertools.router.ProviderException;
import ai.powertools.router.local.LocalModelException.Reason;
import ai.powertools.router.providers.LlamaCpp;
import ai.powertools.router.providers.Ollama;
import ai.powertools.testing.ProviderSimulator;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loading models and taking them out of memory. */
class WarmIT {
  private final ProviderSimulator simulator =
      ProviderSimulator.start().withModels("qwen3:8b", "gemma3:latest").unloadAll();
  private final ProviderSimulator other =
      ProviderSimulator.start().asLlamaCpp().withModels("/models/tiny.gguf");
  private final Ollama ollama = Ollama.at(simulator.rootUrl());
  private final LlamaCpp llamaCpp = LlamaCpp.at(other.rootUrl());
  private final LocalModels local = LocalModels.of(ollama, llamaCpp);

  @AfterEach
  void close() {
    simulator.close();
    other.close();
  }

  private static LocalModels on(VirtualClock clock, LocalServer... servers) {
    return new LocalModels(List.of(servers), List.of(), clock);
  }

  private LocalModelException failure(LocalModels models, String name, Deadline deadline) {
    return catchThrowableOfType(LocalModelException.class, () -> models.warm(name, deadline));
  }

  @Test
  void loadsAModelOfOllamas() {
    Duration took = local.warm("gemma3", Deadline.after(Duration.ofMinutes(1)));

    assertThat(took).isPositive();
    assertThat(ollama.loaded()).containsExactly("gemma3:latest");
    assertThat(local.list().models().get(1).loaded()).isTrue();
  }

  @Test
  void keepsItForATime() {
    local.warm("gemma3", Duration.ofHours(1), Deadline.never());

    assertThat(simulator.requests())
        .anyMatch(request -> request.body().path("keep_alive").asText().equals("3600000ms"));
    assertThatThrownBy(() -> local.warm("gemma3", Duration.ZERO, Deadline.never()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void waitsForALlamaCppThatStillLoads() {
    VirtualClock clock = VirtualClock.autoAdvancing();
    other.loading(7); // its health and its models are asked each time

    Duration took = on(clock, llamaCpp).warm("tiny", Deadline.after(Duration.ofMinutes(1), clock));

    assertThat(took).isEqualTo(Duration.ofSeconds(1));
    assertThat(llamaCpp.health().isReady()).isTrue();
  }

  @Test
  void takesAnotherServerThatIsReadySooner() {
    VirtualClock clock = VirtualClock.autoAdvancing();
    other.loading(1_000);

    on(clock, llamaCpp, ollama).warm("qwen3:8b", Deadline.never());

    assertThat(ollama.loaded()).containsExactly("qwen3:8b");
    assertThat(clock.elapsed()).isZero();
  }

  @Test
  void givesUpWhenTheDeadlineWouldPass() {
    VirtualClock clock = VirtualClock.autoAdvancing();
    other.loading(1_000_000);

    LocalModelException error =
        failure(on(clock, llamaCpp), "tiny", Deadline.after(Duration.ofSeconds(30), clock));

    assertThat(error.reason()).isEqualTo(Reason.OUT_OF_TIME);
    assertThat(error)
        .hasMessageStartingWith("The model \"tiny\" could not be loaded: the deadline passed");
    assertThat(clock.elapsed()).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aServerThatIsSilentIsOutOfTimeToo() {
    simulator.stall();

    LocalModelException error = failure(local, "qwen3:8b", Deadline.after(Duration.ofSeconds(2)));

    assertThat(error.reason()).isEqualTo(Reason.OUT_OF_TIME);
    assertThat(error.server()).hasValue(ollama.toString());
    assertThat(error).hasCauseInstanceOf(ProviderException.TimedOut.class);
  }

  @Test
  void asksNobodyAfterTheDeadline() {
    LocalModelException error = failure(local, "qwen3:8b", Deadline.after(Duration.ZERO));

    assertThat(error.reason()).isEqualTo(Reason.OUT_OF_TIME);
    assertThat(error.server()).isEmpty();
  }

  @Test
  void saysWhatThereIsInstead() {
    LocalModelException error = failure(local, "mistral", Deadline.never());

    assertThat(error.reason()).isEqualTo(Reason.NO_SUCH_MODEL);
    assertThat(error)
        .hasMessage(
            "The model \"mistral\" could not be loaded: no server that is ready has it. There is "
                + ollama
                + " with qwen3:8b, gemma3:latest; "
                + llamaCpp
                + " with /models/tiny.gguf. Fetch it with Ollama, or choose one that is there.");
  }

  @Test
  void saysWhoCouldNotBeAsked() {
    other.close();
    simulator.withModels();

    LocalModelException error = failure(local, "mistral", Deadline.never());

    assertThat(error.reason()).isEqualTo(Reason.NO_SUCH_MODEL);
    assertThat(error)
        .hasMessageContaining("There is " + ollama + " with no model.")
        .hasMessageContaining("What could not be asked: " + llamaCpp + ": ");
    assertThat(failure(LocalModels.of(), "mistral", Deadline.never()).reason())
        .isEqualTo(Reason.NO_SERVER);
  }

  @Test
  void saysWhyAServerDidNotLoadIt() {
    ollama.model("qwen3:8b"); // so that nothing but the load is left to fail
    simulator.fail(500, "x", "model requires more system memory (9.8 GiB) than is available");

    LocalModelException error = failure(LocalModels.of(ollama), "qwen3:8b", Deadline.never());

    assertThat(error.reason()).isEqualTo(Reason.FAILED);
    assertThat(error)
        .hasMessageContaining("could not be loaded at " + ollama)
        .hasMessageContaining("model requires more system memory (9.8 GiB)");
  }

  @Test
  void anInterruptEndsTheWait() throws InterruptedException {
    VirtualClock clock = VirtualClock.create();
    other.loading(1_000_000);
    Interruption warm = Interruption.of(() -> on(clock, llamaCpp).warm("tiny", Deadline.never()));

    clock.awaitSleepers(1);

    assertThat(warm.now())
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while waiting until the model \"tiny\" is loaded.");
  }

  @Test
  void anInterruptEndsTheLoading() throws InterruptedException {
    ollama.model("qwen3:8b"); // what it can do is known from now on, and the stall is for the load
    simulator.stall();
    Interruption warm =
        Interruption.of(() -> LocalModels.of(ollama).warm("qwen3:8b", Deadline.never()));

    simulator.awaitRequests(5);

    assertThat(warm.now()).isInstanceOf(CancelledException.class);
    simulator.awaitAbandoned(1);
  }

  @Test
  void unloadsAModelOfOllamas() {
    local.warm("qwen3:8b", Deadline.never());
    local.unload("qwen3:8b");
    local.unload("qwen3:8b");

    assertThat(ollama.loaded()).isEmpty();
  }

  @Test
  void unloadsFromTheServerThatCan() {
    other.withModels("qwen3:8b");
    local.warm("gemma3", Deadline.never());

    LocalModels.of(llamaCpp, ollama).unload("gemma3");

    assertThat(ollama.loaded()).isEmpty();
  }

  @Test
  void refusesToUnloadWhatAServerKeeps() {
    LocalModelException error =
        catchThrowableOfType(LocalModelException.class, () -> local.unload("tiny"));

    assertThat(error.reason()).isEqualTo(Reason.NOT_SUPPORTED);
    assertThat(error)
        .hasMessage(
            "The model \"tiny\" could not be unloaded at "
                + llamaCpp
                + ": a server of this kind keeps what it was started with until it ends. Stop it"
                + " to free its memory; only Ollama unloads models while it runs.");
  }

  @Test
  void canNotUnloadWhatIsNotThere() {
    simulator.fail(500);
    LocalModelException failed =
        catchThrowableOfType(LocalModelException.class, () -> local.unload("qwen3:8b"));
    LocalModelException missing =
        catchThrowableOfType(LocalModelException.class, () -> local.unload("mistral"));
    LocalModelException nobody =
        catchThrowableOfType(LocalModelException.class, () -> LocalModels.of().unload("mistral"));

    assertThat(failed.reason()).isEqualTo(Reason.FAILED);
    assertThat(missing.reason()).isEqualTo(Reason.NO_SUCH_MODEL);
    assertThat(nobody.reason()).isEqualTo(Reason.NO_SERVER);
  }
}
