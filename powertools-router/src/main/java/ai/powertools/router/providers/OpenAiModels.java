package ai.powertools.router.providers;

import ai.powertools.core.Deadline;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.LocalModel;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ServerHealth;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The list of models of a server that speaks OpenAI's dialect. */
final class OpenAiModels {
  /** What is asked besides chats is answered from memory. */
  private static final Duration QUICK = Duration.ofSeconds(5);

  private final Endpoint endpoint;
  private final String provider;

  OpenAiModels(Endpoint endpoint, String provider) {
    this.endpoint = endpoint;
    this.provider = provider;
  }

  List<LocalModel> list() {
    return list("models");
  }

  List<LocalModel> list(String path) {
    List<LocalModel> models = new ArrayList<>();
    for (JsonNode model : ask(path).path("data")) {
      models.add(
          new LocalModel(
              Json.text(model, "id"),
              number(model.path("meta").path("size")), // llama.cpp
              number(model.path("max_model_len")), // vLLM
              "",
              "",
              "",
              Set.of()));
    }
    return List.copyOf(models);
  }

  /** A server that lists its models is there; one that wants another key is there too. */
  ServerHealth health() {
    try {
      int count = ask("models").path("data").size();
      return new ServerHealth(
          ServerHealth.Status.READY, count + (count == 1 ? " model" : " models"));
    } catch (ProviderException e) {
      boolean loading = e.kind() == ErrorKind.OVERLOADED;
      return new ServerHealth(
          loading ? ServerHealth.Status.LOADING : ServerHealth.Status.DOWN,
          String.valueOf(e.getMessage()));
    }
  }

  private JsonNode ask(String path) {
    Errand errand = endpoint.errand(provider, path, List.of(), Deadline.after(QUICK));
    return Reply.get(endpoint, errand, path).json();
  }

  private static OptionalLong number(JsonNode node) {
    return node.isIntegralNumber() && node.asLong() > 0
        ? OptionalLong.of(node.asLong())
        : OptionalLong.empty();
  }
}
