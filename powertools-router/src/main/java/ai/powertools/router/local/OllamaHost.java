package ai.powertools.router.local;

import ai.powertools.core.Deadline;
import ai.powertools.router.LocalModel;
import ai.powertools.router.providers.Ollama;
import ai.powertools.router.providers.PullProgress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Ollama, which fetches, loads and unloads models as it is told. */
record OllamaHost(Ollama server) implements Host {
  @Override
  public Set<String> loaded(List<LocalModel> all) {
    return Set.copyOf(server.loaded());
  }

  /** Its list has sizes but neither contexts nor capabilities, what it shows of one the reverse. */
  @Override
  public LocalModel described(LocalModel model) {
    LocalModel shown = server.show(model.name());
    return new LocalModel(
        model.name(),
        model.sizeBytes(),
        shown.contextTokens(),
        model.family(),
        model.parameters(),
        model.quantization(),
        shown.capabilities());
  }

  /** Fetches a model. */
  void pull(String model, Consumer<PullProgress> progress, Deadline deadline) {
    server.pull(model, progress, deadline);
  }

  @Override
  public void load(String model, Optional<Duration> keep, Deadline deadline) {
    if (keep.isPresent()) {
      server.load(model, keep.get(), deadline);
    } else {
      server.load(model, deadline);
    }
  }

  /** Takes a model out of memory. */
  void unload(String model) {
    server.unload(model);
  }
}
