package ai.powertools.router.local;

import ai.powertools.core.Deadline;
import ai.powertools.router.LocalModel;
import ai.powertools.router.LocalServer;
import ai.powertools.router.providers.Ollama;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A server, and what can be done with its models. Thread-safe. */
sealed interface Host permits OllamaHost, FixedHost {
  /** What can be done with this one. */
  static Host of(LocalServer server) {
    return server instanceof Ollama ollama ? new OllamaHost(ollama) : new FixedHost(server);
  }

  LocalServer server();

  /** The names of those in memory, of all that it has. */
  Set<String> loaded(List<LocalModel> all);

  /** The model with what its server says of it only when it is asked for it alone. */
  LocalModel described(LocalModel model);

  /**
   * Loads a model of a server that is ready.
   *
   * @param keep how long it stays after its last call; as the server was set up if empty
   */
  void load(String model, Optional<Duration> keep, Deadline deadline);

  /** The server and its address. */
  default String label() {
    return server().toString();
  }
}
