package ai.powertools.router.local;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import ai.powertools.router.LocalServer;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ServerHealth;
import ai.powertools.router.providers.LlamaCpp;
import ai.powertools.router.providers.Ollama;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Finds the servers of an environment. */
final class Discovery {
  private final Map<String, String> env;

  private Discovery(Map<String, String> env) {
    this.env = env;
  }

  /** What is found within the time. */
  static LocalModels in(Map<String, String> env, Duration patience) {
    Discovery discovery = new Discovery(env);
    List<Callable<Found>> questions =
        List.of(
            () -> Found.by("OLLAMA_HOST", () -> Ollama.find(env)),
            () -> Found.by("LLAMA_ARG_HOST", discovery::llamaCpp));
    List<LocalServer> servers = new ArrayList<>();
    List<Unasked> unasked = new ArrayList<>();
    try {
      for (Optional<Found> answer : AtOnce.ask(questions, patience)) {
        answer.flatMap(Found::server).ifPresent(servers::add);
        answer.flatMap(Found::problem).ifPresent(unasked::add);
      }
    } catch (InterruptedException e) {
      // Whoever interrupts wants the thread back: what comes next sees the flag.
      Thread.currentThread().interrupt();
    }
    return new LocalModels(servers, unasked, Time.system());
  }

  /** Its usual port, 8080, is everybody's: who is there unnamed has to show that it is the one. */
  private Optional<LlamaCpp> llamaCpp() {
    boolean named = env.containsKey("LLAMA_ARG_HOST") || env.containsKey("LLAMA_ARG_PORT");
    return LlamaCpp.find(env).filter(server -> named || isGenuine(server));
  }

  /** Whether it behaves as only llama.cpp's server does. */
  static boolean isGenuine(LlamaCpp server) {
    ServerHealth health = server.health();
    if (!health.isReady()) {
      return health.detail().contains("Loading model"); // the words of the server itself
    }
    try {
      return server.properties().contextTokens().isPresent();
    } catch (ProviderException e) {
      return false;
    }
  }

  /**
   * What became of the search for one kind of server.
   *
   * @param problem what is wrong with the variable that names it
   */
  private record Found(Optional<LocalServer> server, Optional<Unasked> problem) {
    static Found by(String variable, Search search) {
      try {
        return new Found(search.find().map(found -> found), Optional.empty());
      } catch (ConfigurationException e) {
        Unasked problem = new Unasked(variable, String.valueOf(e.getMessage()));
        return new Found(Optional.empty(), Optional.of(problem));
      }
    }
  }

  /** Looks for one kind of server. */
  @FunctionalInterface
  private interface Search {
    Optional<? extends LocalServer> find();
  }
}
