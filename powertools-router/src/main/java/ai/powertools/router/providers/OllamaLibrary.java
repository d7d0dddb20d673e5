package ai.powertools.router.providers;

import ai.powertools.core.Deadline;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.LocalModel;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ServerHealth;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The models that an Ollama has, and how it comes by more. */
final class OllamaLibrary {
  /** What is asked besides chats is answered from memory. */
  private static final Duration QUICK = Duration.ofSeconds(5);

  private final Endpoint endpoint;
  private final String provider;

  OllamaLibrary(Endpoint endpoint, String provider) {
    this.endpoint = endpoint;
    this.provider = provider;
  }

  ServerHealth health() {
    try {
      String version = Json.text(ask("api/version", null), "version");
      return new ServerHealth(ServerHealth.Status.READY, "Ollama " + version);
    } catch (ProviderException e) {
      return new ServerHealth(ServerHealth.Status.DOWN, String.valueOf(e.getMessage()));
    }
  }

  List<LocalModel> list() {
    List<LocalModel> models = new ArrayList<>();
    for (JsonNode model : ask("api/tags", null).path("models")) {
      JsonNode size = model.path("size");
      models.add(
          described(
              Json.text(model, "name"),
              size.asLong(0) > 0 ? OptionalLong.of(size.asLong()) : OptionalLong.empty(),
              OptionalLong.empty(),
              model));
    }
    return List.copyOf(models);
  }

  List<String> loaded() {
    List<String> names = new ArrayList<>();
    ask("api/ps", null).path("models").forEach(model -> names.add(Json.text(model, "name")));
    return List.copyOf(names);
  }

  OllamaShown show(String model) {
    JsonNode shown = ask("api/show", Json.object().put("model", model));
    OllamaContext context = OllamaContext.of(shown);
    OptionalLong tokens =
        context.equals(OllamaContext.UNKNOWN)
            ? OptionalLong.empty()
            : OptionalLong.of(context.tokens());
    return new OllamaShown(described(model, OptionalLong.empty(), tokens, shown), context);
  }

  /** Empty if it is not there, or does not answer: the first call will say more. */
  Optional<OllamaShown> find(String model) {
    try {
      return Optional.of(show(model));
    } catch (ProviderException e) {
      return Optional.empty();
    }
  }

  private static LocalModel described(
      String name, OptionalLong size, OptionalLong context, JsonNode from) {
    JsonNode details = from.path("details");
    Set<String> capabilities = new HashSet<>();
    from.path("capabilities").forEach(word -> capabilities.add(word.asText()));
    return new LocalModel(
        name,
        size,
        context,
        Json.text(details, "family"),
        Json.text(details, "parameter_size"),
        Json.text(details, "quantization_level"),
        capabilities);
  }

  void pull(String model, Consumer<PullProgress> progress, Deadline deadline) {
    Errand errand = endpoint.errand(provider, model, List.of(), deadline);
    byte[] body = Json.bytes(Json.object().put("model", model).put("stream", true));
    Pull pull = new Pull(progress);
    try (Exchange exchange = endpoint.post(errand, "api/pull", body)) {
      Lines lines = new Lines(pull::line);
      IOException broken = exchange.pump(lines::feed, pull::hasEnded);
      lines.end();
      if (pull.error != null) {
        throw exchange.failure(VendorError.ofBody(pull.error));
      }
      if (!pull.done) {
        throw exchange.cut(broken);
      }
    } catch (IOException e) {
      throw errand.failure(ErrorKind.MALFORMED_RESPONSE, "its progress is not JSON").build();
    }
  }

  /**
   * Loads a model by a request that asks it nothing, as the <a
   * href="https://github.com/ollama/ollama/blob/main/docs/api.md">reference</a> has it. One that
   * only embeds is not taken there, and is asked for the vectors of no text.
   *
   * @param keep how long it stays after its last call; as the server was set up if empty
   */
  void load(String model, boolean onlyEmbeds, Optional<Duration> keep, Deadline deadline) {
    ObjectNode question = Json.object().put("model", model);
    if (onlyEmbeds) {
      question.putArray("input");
    }
    keep.ifPresent(time -> question.put("keep_alive", time.toMillis() + "ms"));
    Errand errand = endpoint.errand(provider, model, List.of(), deadline);
    Reply.post(endpoint, errand, onlyEmbeds ? "api/embed" : "api/generate", question);
  }

  /** Keeps it for no time. */
  void unload(String model) {
    ObjectNode question = Json.object().put("model", model).put("keep_alive", 0);
    Errand errand = endpoint.errand(provider, model, List.of(), Deadline.after(QUICK));
    Reply.post(endpoint, errand, "api/generate", question);
  }

  /** Reads the lines that tell of a model's arrival. */
  private static final class Pull {
    private final Consumer<PullProgress> progress;
    private boolean done;
    private @Nullable JsonNode error;

    Pull(Consumer<PullProgress> progress) {
      this.progress = progress;
    }

    boolean hasEnded() {
      return done || error != null;
    }

    void line(byte[] bytes, int from, int to) throws IOException {
      if (from == to || hasEnded()) {
        return;
      }
      JsonNode line = Json.parse(bytes, from, to - from);
      if (line.hasNonNull("error")) {
        error = line;
        return;
      }
      String status = Json.text(line, "status");
      done = status.equals("success");
      progress.accept(
          new PullProgress(status, line.path("completed").asLong(0), line.path("total").asLong(0)));
    }
  }

  private JsonNode ask(String path, @Nullable ObjectNode question) {
    Errand errand = endpoint.errand(provider, path, List.of(), Deadline.after(QUICK));
    Reply reply =
        question == null
            ? Reply.get(endpoint, errand, path)
            : Reply.post(endpoint, errand, path, question);
    return reply.json();
  }
}
