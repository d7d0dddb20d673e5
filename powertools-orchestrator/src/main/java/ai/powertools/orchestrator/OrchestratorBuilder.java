package ai.powertools.orchestrator;

import ai.powertools.core.Time;
import ai.powertools.cost.Budget;
import ai.powertools.cost.Period;
import ai.powertools.models.ModelCatalog;
import ai.powertools.retry.FailureListener;
import ai.powertools.router.ChatModel;
import ai.powertools.router.Interceptor;
import ai.powertools.router.RouterBuilder;
import ai.powertools.router.Strategy;
import ai.powertools.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** What an orchestrator is made of; everything has a default. For one thread. */
public final class OrchestratorBuilder {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

  final List<ChatModel> models = new ArrayList<>();
  final List<Budget> budgets = new ArrayList<>();
  final List<Interceptor> around = new ArrayList<>();
  final List<Interceptor> perCandidate = new ArrayList<>();
  final Map<String, WorkflowSource> workflows = new TreeMap<>();
  Optional<Path> home = Optional.empty();
  Optional<Store> store = Optional.empty();
  boolean logToFile = true;
  Strategy strategy = Strategy.cheapest();
  Consumer<RouterBuilder> routing = router -> {};
  ModelCatalog catalog = ModelCatalog.bundled();
  LimitSettings limits = LimitSettings.NONE;
  RetrySettings retry = RetrySettings.DEFAULTS;
  BreakerSettings breaker = BreakerSettings.DEFAULTS;
  boolean deadLetters;
  UnaryOperator<String> deadLetterRedaction = UnaryOperator.identity();
  final List<FailureListener> failureListeners = new ArrayList<>();
  Duration timeout = DEFAULT_TIMEOUT;
  Time time = Time.system();
  RandomGenerator random = RandomGenerator.getDefault();

  OrchestratorBuilder() {}

  /**
   * Keeps the ledger and sessions in {@code state.db}, and the log in {@code powertools.log}, of
   * this folder; without one all is kept in memory and nothing is left at the end.
   */
  public OrchestratorBuilder home(Path folder) {
    this.home = Optional.of(folder);
    return this;
  }

  /** Keeps the ledger and sessions in a store that the caller closes, PostgreSQL for instance. */
  public OrchestratorBuilder store(Store shared) {
    this.store = Optional.of(shared);
    return this;
  }

  /** Writes no log file; events still go to SLF4J. */
  public OrchestratorBuilder withoutLogFile() {
    this.logToFile = false;
    return this;
  }

  /** A model that may be chosen. */
  public OrchestratorBuilder model(ChatModel model) {
    models.add(model);
    return this;
  }

  /**
   * The models that this machine can use: those of an OpenAI-compatible endpoint, where {@code
   * OPENAI_API_KEY} or {@code OPENAI_BASE_URL} is set ({@code OPENAI_MODEL} names them, comma
   * between; {@code gpt-5-mini} by default); those of an Ollama server, where one answers ({@code
   * OLLAMA_HOST}); and {@code builtin:extractive} as the last resort.
   */
  public OrchestratorBuilder detectModels(Map<String, String> environment) {
    DetectedModels.in(environment).forEach(this::model);
    return this;
  }

  /** In which order models are tried; the cheapest first by default. */
  public OrchestratorBuilder strategy(Strategy strategy) {
    this.strategy = strategy;
    return this;
  }

  /**
   * Anything else that the router can do: constraints, cascades, hedges, shadows, how it falls
   * back. Several such settings are applied in the order in which they were given.
   */
  public OrchestratorBuilder routing(Consumer<RouterBuilder> settings) {
    this.routing = routing.andThen(settings);
    return this;
  }

  /** Where limits and prices of models come from; the bundled catalog by default. */
  public OrchestratorBuilder catalog(ModelCatalog catalog) {
    this.catalog = catalog;
    return this;
  }

  /** A budget that every call is held to; none by default. */
  public OrchestratorBuilder budget(Budget budget) {
    budgets.add(budget);
    return this;
  }

  /** So many dollars for each calendar month. */
  public OrchestratorBuilder costBudgetUsd(long dollars) {
    return budget(Budget.usd(dollars).per(Period.MONTH));
  }

  /** What each remote provider lets through; no limits by default. */
  public OrchestratorBuilder limits(LimitSettings limits) {
    this.limits = limits;
    return this;
  }

  /** How often a failed attempt is made again; {@link RetrySettings#DEFAULTS} by default. */
  public OrchestratorBuilder retry(RetrySettings retry) {
    this.retry = retry;
    return this;
  }

  /**
   * When a model that keeps failing is left alone for a while; {@link BreakerSettings#DEFAULTS} by
   * default.
   */
  public OrchestratorBuilder breaker(BreakerSettings breaker) {
    this.breaker = breaker;
    return this;
  }

  /**
   * Whether a question that no model answered is kept, as it was asked, with the ledger and the
   * sessions, so that {@link AiOrchestrator#redrive} can ask it again; not by default.
   */
  public OrchestratorBuilder deadLetters(boolean keep) {
    this.deadLetters = keep;
    return this;
  }

  /** Keeps them too, each changed by this first: a JSON text that must stay one. */
  public OrchestratorBuilder deadLetters(UnaryOperator<String> redaction) {
    this.deadLetterRedaction = redaction;
    return deadLetters(true);
  }

  /**
   * Somebody to tell of models that failed, beside those named before: under the model's label, or
   * none where no model was asked; degraded, if another model answered in its place. Called on the
   * thread of the question; what it throws is logged.
   */
  public OrchestratorBuilder onFailure(FailureListener listener) {
    failureListeners.add(listener);
    return this;
  }

  /** How long an answer may take where the question does not say; five minutes by default. */
  public OrchestratorBuilder timeout(Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  /** A layer of one's own around each call, outside of the choice of the model. */
  public OrchestratorBuilder around(Interceptor interceptor) {
    around.add(interceptor);
    return this;
  }

  /** A layer of one's own around each model that is tried, outside of its budget. */
  public OrchestratorBuilder perCandidate(Interceptor interceptor) {
    perCandidate.add(interceptor);
    return this;
  }

  /** A workflow that can be run by name; replaces a built-in one of the same name. */
  public OrchestratorBuilder workflow(String name, WorkflowSource source) {
    workflows.put(name, source);
    return this;
  }

  /** The clock that everything goes by. */
  public OrchestratorBuilder time(Time time) {
    this.time = time;
    return this;
  }

  /** Where the jitter of waits comes from; fix its seed to replay a run. */
  public OrchestratorBuilder random(RandomGenerator random) {
    this.random = random;
    return this;
  }

  /**
   * Opens the store and the log and puts the layers together.
   *
   * @throws ai.powertools.core.ConfigurationException if two budgets have one name
   * @throws ai.powertools.store.StoreException if the store can't be opened
   */
  public AiOrchestrator build() {
    Parts parts = new Parts(this);
    try {
      return new AiOrchestrator(parts, this);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }
}
