package ai.powertools.router;

import ai.powertools.core.Threads;
import ai.powertools.core.Time;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.TokenCounter;
import ai.powertools.router.quality.QualityModel;
import ai.powertools.router.quality.QualityPredictor;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a router is made of. For one thread. */
public final class RouterBuilder {
  /** Of hedges and copies; threads that nobody needs end by themselves. */
  private static final Executor THREADS = Threads.perTask("powertools-route");

  final List<Interceptor> around = new ArrayList<>();
  private final List<ChatModel> models = new ArrayList<>();
  private final List<Interceptor> perCandidate = new ArrayList<>();
  private final List<RouterListener> listeners = new ArrayList<>();
  private Strategy strategy = Strategy.cheapest();
  private Constraints constraints = Constraints.NONE;
  private ModelCatalog catalog = ModelCatalog.bundled();
  private Supplier<QualityPredictor> predictor = QualityModel::bundled;
  private double exploring;
  private Experience experience = Experience.none();
  private Cooldown cooldown = Cooldown.STANDARD;
  private Fallback fallback = Fallback.STANDARD;
  private @Nullable Cascade cascade;
  private @Nullable Hedge hedge;
  private @Nullable Shadow shadow;
  private Executor threads = THREADS;
  private LongSupplier seeds = () -> ThreadLocalRandom.current().nextLong();
  private Time time = Time.system();

  RouterBuilder() {}

  /**
   * A model that may be chosen. Several of one name, as for several keys, are told apart by their
   * deployments' names, or else by numbers: {@code openai:gpt-5-mini#2}.
   */
  public RouterBuilder model(ChatModel model) {
    models.add(model);
    return this;
  }

  /** In which order models are tried; the cheapest first by default. */
  public RouterBuilder strategy(Strategy strategy) {
    this.strategy = strategy;
    return this;
  }

  /** What every call has to keep to, besides its own constraints; nothing by default. */
  public RouterBuilder constraints(Constraints constraints) {
    this.constraints = constraints;
    return this;
  }

  /** Where limits and prices come from; the bundled catalog by default. */
  public RouterBuilder catalog(ModelCatalog catalog) {
    this.catalog = catalog;
    return this;
  }

  /**
   * Who says how hard a prompt is, for strategies that weigh quality; the bundled model by default.
   */
  public RouterBuilder quality(QualityPredictor predictor) {
    this.predictor = () -> predictor;
    return this;
  }

  /**
   * The share of calls that may go to a model for the sake of learning how good it is, with a
   * strategy that weighs quality and {@linkplain RoutedResponse#feedback feedback}; none by
   * default.
   *
   * @throws IllegalArgumentException if it is not within 0 to 1
   */
  public RouterBuilder explore(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share lies between 0 and 1, not at " + share + ".");
    }
    this.exploring = share;
    return this;
  }

  /** What was learned before, and is to be added to; nothing by default. */
  public RouterBuilder experience(Experience experience) {
    this.experience = experience;
    return this;
  }

  /** For how long a model that failed is left alone. */
  public RouterBuilder cooldown(Cooldown cooldown) {
    this.cooldown = cooldown;
    return this;
  }

  /** What is done when a model fails. */
  public RouterBuilder fallback(Fallback fallback) {
    this.fallback = fallback;
    return this;
  }

  /** Checks answers, and asks a better model when one will not do. Not together with a hedge. */
  public RouterBuilder cascade(Cascade cascade) {
    this.cascade = cascade;
    return this;
  }

  /** Asks a second model when the first is slow. */
  public RouterBuilder hedge(Hedge hedge) {
    this.hedge = hedge;
    return this;
  }

  /** Sends copies of some calls to a model on trial. */
  public RouterBuilder shadow(Shadow shadow) {
    this.shadow = shadow;
    return this;
  }

  /** Is told what the router does. */
  public RouterBuilder listener(RouterListener listener) {
    listeners.add(listener);
    return this;
  }

  /** A layer around the whole call, inside of those added before. */
  public RouterBuilder around(Interceptor interceptor) {
    around.add(interceptor);
    return this;
  }

  /** A layer around each model that is tried, inside of those added before. */
  public RouterBuilder perCandidate(Interceptor interceptor) {
    perCandidate.add(interceptor);
    return this;
  }

  /**
   * What runs hedges and copies; each is a task that blocks. Wrap it to carry a context over, such
   * as that of a log.
   */
  public RouterBuilder threads(Executor threads) {
    this.threads = threads;
    return this;
  }

  /** Where the seeds of decisions come from; chance by default. */
  public RouterBuilder seeds(LongSupplier seeds) {
    this.seeds = seeds;
    return this;
  }

  /** The clock that cooldowns, waits and speeds go by. */
  public RouterBuilder time(Time time) {
    this.time = time;
    return this;
  }

  /**
   * The router.
   *
   * @throws IllegalArgumentException if both a cascade and a hedge are asked for, or a shadow is
   *     none of the models
   */
  public LlmRouter build() {
    if (cascade != null && hedge != null) {
      throw new IllegalArgumentException(
          "A router can't have both a cascade and a hedge: the answer that is faster would have to"
              + " wait for its check. Leave one of them out.");
    }
    return new LlmRouter(this);
  }

  Engine engine() {
    Map<String, Contender> contenders = new LinkedHashMap<>();
    Map<TokenCounter, Integer> counters = new HashMap<>();
    for (ChatModel model : models) {
      String label = model.label();
      for (int number = 2; contenders.containsKey(label); number++) {
        label = model.label() + "#" + number;
      }
      contenders.put(label, new Contender(model, label, catalog, counters, cooldown, time));
    }
    return new Engine(
        contenders,
        List.copyOf(perCandidate),
        List.copyOf(listeners),
        catalog,
        experience,
        new WarmCaches(time),
        fallback,
        cascade,
        hedge,
        threads,
        time);
  }

  Decider decider(Engine engine) {
    List<Contender> all = List.copyOf(engine.contenders.values());
    Map<String, String> excluded = new HashMap<>();
    for (Contender contender : all) {
      String reason = Estimator.listed(contender, constraints);
      if (reason != null) {
        excluded.put(contender.label(), reason);
      }
    }
    return new Decider(
        all,
        excluded,
        strategy,
        constraints,
        predictor,
        exploring,
        experience,
        engine.warm,
        seeds,
        time,
        facts(all));
  }

  @Nullable Shadowing shadowing(Engine engine, Decider decider) {
    if (shadow == null) {
      return null;
    }
    Contender trial = engine.contenders.get(shadow.label());
    if (trial == null) {
      throw new IllegalArgumentException(
          "The shadow %s is none of the router's models %s."
              .formatted(shadow.label(), engine.contenders.keySet()));
    }
    return new Shadowing(shadow, trial, engine, decider);
  }

  /** The day of the latest fact, and a hash of which models are known as of when. */
  private static String facts(List<Contender> contenders) {
    LocalDate latest = LocalDate.EPOCH;
    long hash = 0;
    for (Contender contender : contenders) {
      LocalDate day = contender.model().asOf();
      latest = day.isAfter(latest) ? day : latest;
      hash = Chance.mix(hash ^ Chance.hash(contender.model().qualifiedId() + day));
    }
    return latest + "/" + Long.toHexString(hash);
  }
}
