package ai.powertools.router.local;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import ai.powertools.router.ChatModel;
import ai.powertools.router.LocalServer;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ServerHealth;
import ai.powertools.router.providers.PullProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The models on one's own servers: which there are, fetching, loading and unloading them, and
 * handing them to a router.
 *
 * <pre>{@code
 * LocalModels local = LocalModels.discover();
 * local.warm("qwen3:8b", Deadline.after(Duration.ofMinutes(5)));
 * String text = local.find("qwen3:8b").orElseThrow().chat("Why is the sky blue?").text();
 * }</pre>
 *
 * <p>Where several servers have a model, the choice falls on one that is ready; on one that has the
 * model in memory before one that has not; and then on the first. In a name {@code :latest} may be
 * left out, and a file of llama.cpp's may be named without its folder and {@code .gguf}.
 *
 * <p>Nothing is remembered: each call asks the servers, all at once. One that is broken hides no
 * other; one that is silent is waited for until the deadline, and for five seconds at most.
 *
 * <p>Every call blocks until it is done. An interrupt ends it, hangs up, and stays set: {@link
 * CancelledException}. Safe for use by many threads.
 */
public final class LocalModels {
  /** What somebody waits at the start of a program for servers that may not be there. */
  private static final Duration PATIENCE = Duration.ofMillis(900);

  /** How often a server that loads its model is asked whether it has. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final List<Host> hosts;
  private final List<Unasked> lost;
  private final Survey survey;
  private final Time time;

  /**
   * The models of these.
   *
   * @param lost what is known beforehand that can't be asked
   */
  LocalModels(List<LocalServer> servers, List<Unasked> lost, Time time) {
    this.hosts = servers.stream().map(Host::of).toList();
    this.lost = List.copyOf(lost);
    this.survey = new Survey(hosts);
    this.time = time;
  }

  /**
   * The models of the servers that this process's environment names, {@code OLLAMA_HOST} or {@code
   * LLAMA_ARG_HOST} and {@code LLAMA_ARG_PORT}, or that are at their usual ports of this machine.
   * Takes less than a second, and never throws: it is empty if there is no server. A variable that
   * is no address is told of by {@link #list()}.
   */
  public static LocalModels discover() {
    return discover(System.getenv(), PATIENCE);
  }

  /**
   * The same in another environment.
   *
   * @param env as {@link System#getenv()} gives it
   * @param patience the longest wait for servers to answer; those that have not are left out
   */
  public static LocalModels discover(Map<String, String> env, Duration patience) {
    return Discovery.in(env, patience);
  }

  /** The models of these servers, in the order in which they are preferred; none is asked yet. */
  public static LocalModels of(LocalServer... servers) {
    return new LocalModels(List.of(servers), List.of(), Time.system());
  }

  /** The servers, whether they are there or not. */
  public List<LocalServer> servers() {
    return hosts.stream().<LocalServer>map(Host::server).toList();
  }

  /** Whether there is no server at all. */
  public boolean isEmpty() {
    return hosts.isEmpty();
  }

  /** Every model of every server, and what could not be asked. */
  public LocalListing list() {
    List<ServedModel> models = new ArrayList<>();
    List<Unasked> unasked = new ArrayList<>(lost);
    for (Shelf shelf : survey.shelves(true, Deadline.never())) {
      models.addAll(shelf.models());
      unasked.addAll(shelf.unasked());
    }
    return new LocalListing(models, unasked);
  }

  /** How each server is, in their order. */
  public Map<LocalServer, ServerHealth> health() {
    List<ServerHealth> answers = survey.health(Deadline.never());
    Map<LocalServer, ServerHealth> all = new LinkedHashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      all.put(hosts.get(i).server(), answers.get(i));
    }
    return Collections.unmodifiableMap(all);
  }

  /**
   * A model that a server has which is ready, with its context and abilities as the server tells
   * them, and a price of exactly $0; to be asked, or to be given to a router. Empty if there is
   * none.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public Optional<ChatModel> find(String name) {
    ModelName wanted = new ModelName(name);
    List<Shelf> shelves = survey.shelves(false, Deadline.never());
    return Choice.among(shelves, wanted, host -> true)
        .map(choice -> choice.host().server().model(choice.name()));
  }

  /**
   * Fetches a model to the first Ollama that is ready, and waits until it is there.
   *
   * @param progress told of each step, on this thread; what it throws ends the call
   * @throws LocalModelException if it can't be fetched, or nobody is there that could
   */
  public void pull(String name, Consumer<PullProgress> progress) {
    pull(name, progress, Deadline.never());
  }

  /** The same, within the deadline. */
  public void pull(String name, Consumer<PullProgress> progress, Deadline deadline) {
    ModelName wanted = new ModelName(name);
    Refusals refusals = new Refusals("fetched", wanted);
    if (hosts.isEmpty()) {
      throw refusals.noServer();
    }
    OllamaHost host = fetcher(refusals, deadline);
    try {
      host.pull(wanted.text(), progress, deadline);
    } catch (ProviderException e) {
      throw refusals.failed(host, e, deadline);
    }
  }

  /**
   * Loads a model and waits until it can answer. An Ollama is told to load it, and keeps it for as
   * long as it was set up to; for a llama.cpp server that still loads its model this waits.
   *
   * @return how long it took
   * @throws LocalModelException if it can't be loaded, or is not there, or the deadline passes
   */
  public Duration warm(String name, Deadline deadline) {
    return warm(name, Optional.empty(), deadline);
  }

  /**
   * The same; an Ollama then keeps it for a time of one's own.
   *
   * @param keep how long it stays in memory after its last call; other servers keep it anyway
   * @throws IllegalArgumentException if {@code keep} is less than a millisecond
   */
  public Duration warm(String name, Duration keep, Deadline deadline) {
    if (keep.toMillis() < 1) {
      throw new IllegalArgumentException(
          "A model is kept for a millisecond at least, not " + keep + ".");
    }
    return warm(name, Optional.of(keep), deadline);
  }

  private Duration warm(String name, Optional<Duration> keep, Deadline deadline) {
    long start = time.nanos();
    Refusals refusals = new Refusals("loaded", new ModelName(name));
    Choice choice = awaited(refusals, deadline);
    try {
      choice.host().load(choice.name(), keep, deadline);
    } catch (ProviderException e) {
      throw refusals.failed(choice.host(), e, deadline);
    }
    return time.since(start);
  }

  /**
   * Takes a model out of the memory of an Ollama, once the calls that it works on have ended.
   * Harmless if it is not there. Where several have it loaded, ask once for each.
   *
   * @throws LocalModelException if no server has it, or only one that keeps what it was started
   *     with, as llama.cpp's does
   */
  public void unload(String name) {
    ModelName wanted = new ModelName(name);
    Refusals refusals = new Refusals("unloaded", wanted);
    List<Shelf> shelves = shelves(refusals, Deadline.never());
    Choice choice =
        Choice.among(shelves, wanted, OllamaHost.class::isInstance)
            .or(() -> Choice.among(shelves, wanted, host -> true))
            .orElseThrow(() -> refusals.noSuchModel(shelves));
    if (!(choice.host() instanceof OllamaHost host)) {
      throw refusals.keepsIt(choice.host());
    }
    try {
      host.unload(choice.name());
    } catch (ProviderException e) {
      throw refusals.failed(host, e, Deadline.never());
    }
  }

  private List<Shelf> shelves(Refusals refusals, Deadline deadline) {
    if (hosts.isEmpty()) {
      throw refusals.noServer();
    }
    return survey.shelves(false, deadline);
  }

  /** The server that has the model and is ready, or will be. */
  private Choice awaited(Refusals refusals, Deadline deadline) {
    while (true) {
      List<Shelf> shelves = shelves(refusals, deadline);
      Optional<Choice> ready = Choice.among(shelves, refusals.name(), host -> true);
      if (ready.isPresent()) {
        return ready.get();
      }
      boolean late = deadline.expired(); // whoever did not answer may have it
      if (!late && shelves.stream().noneMatch(shelf -> shelf.mayHave(refusals.name()))) {
        throw refusals.noSuchModel(shelves);
      }
      if (!deadline.allows(PAUSE)) {
        throw refusals.outOfTime();
      }
      try {
        time.sleep(PAUSE);
      } catch (InterruptedException e) {
        throw CancelledException.interrupted(
            "waiting until the model " + refusals.name() + " is loaded", e);
      }
    }
  }

  private OllamaHost fetcher(Refusals refusals, Deadline deadline) {
    List<ServerHealth> health = survey.health(deadline);
    List<Unasked> problems = new ArrayList<>();
    for (int i = 0; i < health.size(); i++) {
      if (hosts.get(i) instanceof OllamaHost host) {
        if (health.get(i).isReady()) {
          return host;
        }
        problems.add(new Unasked(host.label(), health.get(i).detail()));
      }
    }
    if (problems.isEmpty()) {
      throw refusals.nobodyFetches(hosts);
    }
    throw deadline.expired() ? refusals.outOfTime() : refusals.noneReady(problems);
  }

  @Override
  public String toString() {
    return hosts.stream().map(Host::label).toList().toString();
  }
}
