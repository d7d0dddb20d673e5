package ai.powertools.router.local;

import ai.powertools.core.Deadline;
import ai.powertools.router.LocalModel;
import ai.powertools.router.LocalServer;
import ai.powertools.router.providers.LlamaCpp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** A server that has what it was started with, as llama.cpp's and vLLM. */
record FixedHost(LocalServer server) implements Host {
  @Override
  public Set<String> loaded(List<LocalModel> all) {
    return all.stream().map(LocalModel::name).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public LocalModel described(LocalModel model) {
    if (model.contextTokens().isPresent() || !(server instanceof LlamaCpp llama)) {
      return model;
    }
    OptionalLong context = llama.properties().contextTokens();
    return new LocalModel(
        model.name(),
        model.sizeBytes(),
        context,
        model.family(),
        model.parameters(),
        model.quantization(),
        model.capabilities());
  }

  /** It is ready, so its models are in memory. */
  @Override
  public void load(String model, Optional<Duration> keep, Deadline deadline) {}
}
