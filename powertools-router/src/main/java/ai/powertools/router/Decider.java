package ai.powertools.router;

import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import ai.powertools.router.quality.Prediction;
import ai.powertools.router.quality.QualityPredictor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides in which order models are tried. */
final class Decider {
  private final List<Contender> contenders;
  private final Map<String, String> excluded;
  private final Strategy strategy;
  private final Constraints constraints;
  private final Supplier<QualityPredictor> predictor;
  private final double exploring;
  private final Experience experience;
  private final WarmCaches warm;
  private final Estimator estimator;
  private final LongSupplier seeds;
  private final Time time;
  private final String facts;
  private final AtomicLong turns = new AtomicLong();

  /**
   * A decider.
   *
   * @param excluded the models that the router's own constraints leave out, and why
   */
  Decider(
      List<Contender> contenders,
      Map<String, String> excluded,
      Strategy strategy,
      Constraints constraints,
      Supplier<QualityPredictor> predictor,
      double exploring,
      Experience experience,
      WarmCaches warm,
      LongSupplier seeds,
      Time time,
      String facts) {
    this.contenders = contenders;
    this.excluded = excluded;
    this.strategy = strategy;
    this.constraints = constraints;
    this.predictor = predictor;
    this.exploring = exploring;
    this.experience = experience;
    this.warm = warm;
    this.estimator = new Estimator(experience);
    this.seeds = seeds;
    this.time = time;
    this.facts = facts;
  }

  /** What is asked, looked at once for all models. */
  Asked look(Task task, Deadline deadline) {
    Instant now = time.instant();
    OptionalLong key =
        task.key().isPresent()
            ? OptionalLong.of(Chance.hash(task.key().get()))
            : OptionalLong.empty();
    Constraints effective = task.constraints().tightened(constraints);
    boolean weighs = strategy.weighsQuality() || effective.quality().isPresent() || exploring > 0;
    String kind = task.request().task();
    Difficulty difficulty = weighs ? difficulty(task) : Difficulty.UNASKED;
    return new Asked(
        task,
        effective,
        deadline,
        now,
        time.nanos(),
        experience.lengths(kind),
        weighs ? experience.ratings(kind) : Map.of(),
        key,
        key.isPresent() ? warm.of(key.getAsLong()) : null,
        weighs,
        difficulty.complexity(),
        difficulty.odds(),
        difficulty.prediction(),
        contenders.size());
  }

  /**
   * How hard a task is.
   *
   * @param trusted whether the prediction decides, and not the complexity
   */
  private record Difficulty(double complexity, @Nullable Prediction prediction, boolean trusted) {
    static final Difficulty UNASKED = new Difficulty(Double.NaN, null, false);

    QualityScorer.@Nullable Odds odds() {
      return trusted && prediction != null ? QualityScorer.Odds.of(prediction) : null;
    }
  }

  private Difficulty difficulty(Task task) {
    if (task.complexity().isPresent()) {
      return new Difficulty(task.complexity().getAsDouble(), null, false);
    }
    String prompt = lastOfThePerson(task.request());
    QualityPredictor asked = predictor.get();
    Prediction prediction = asked.predict(prompt);
    double complexity = asked.complexity(prompt, prediction);
    return prediction.familiarity() >= QualityScorer.FAMILIAR
        ? new Difficulty(complexity, prediction, true)
        : new Difficulty(Math.max(QualityScorer.CAUTIOUS, complexity), prediction, false);
  }

  private static String lastOfThePerson(ChatRequest request) {
    List<Message> messages = request.messages();
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role() == Role.USER) {
        return messages.get(i).text();
      }
    }
    return messages.get(messages.size() - 1).text();
  }

  Strategy strategy() {
    return strategy;
  }

  /** The decision of a call that none was needed for. */
  RoutingDecision none() {
    RoutingInputs nothing =
        new RoutingInputs(
            ChatRequest.CHAT,
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            0,
            0,
            false,
            List.of(),
            List.of());
    return new RoutingDecision(
        "answered by an interceptor",
        facts,
        nothing,
        Ranking.of(List.of()),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  /** Puts one model among the offers, or among the refused. */
  void judge(Contender contender, Asked asked, List<Offer> offers, List<Refusal> refused) {
    String reason = excluded.isEmpty() ? null : excluded.get(contender.label());
    if (reason == null) {
      estimator.judge(contender, asked, offers, refused);
    } else {
      refused.add(new Refusal(contender.label(), reason));
    }
  }

  /** Decides, without asking anybody. */
  RoutingDecision decide(Asked asked) {
    List<Offer> offers = new ArrayList<>(contenders.size());
    List<Refusal> refused = new ArrayList<>(0);
    for (Contender contender : contenders) {
      judge(contender, asked, offers, refused);
    }
    long turn = turns.getAndIncrement();
    RoutingInputs inputs =
        new RoutingInputs(
            asked.request.task(),
            asked.weighsQuality ? OptionalDouble.of(asked.complexity) : OptionalDouble.empty(),
            Optional.ofNullable(asked.said),
            asked.key,
            asked.task.seed().isPresent() ? asked.task.seed().getAsLong() : seeds.getAsLong(),
            turn,
            Exploration.isDue(turn, exploring),
            offers,
            refused);
    return decide(inputs, strategy, facts);
  }

  /** Decides by what is written down, and by nothing else. */
  static RoutingDecision decide(RoutingInputs inputs, Strategy strategy, String facts) {
    Ranking ranking = strategy.rank(inputs);
    if (inputs.exploring()) {
      ranking = Exploration.explored(ranking, inputs);
    }
    List<Refusal> refused = inputs.refused();
    if (ranking.order().size() < inputs.offers().size()) {
      refused = withThoseLeftOut(inputs, ranking, strategy);
    }
    return new RoutingDecision(
        strategy.name(), facts, inputs, ranking, refused, List.of(), Optional.empty(), List.of());
  }

  private static List<Refusal> withThoseLeftOut(
      RoutingInputs inputs, Ranking ranking, Strategy strategy) {
    List<Refusal> refused = new ArrayList<>(inputs.refused());
    Set<String> ranked = new HashSet<>();
    ranking.order().forEach(place -> ranked.add(place.offer().label()));
    for (Offer offer : inputs.offers()) {
      if (!ranked.contains(offer.label())) {
        String reason = "the strategy \"" + strategy.name() + "\" leaves it out";
        refused.add(new Refusal(offer.label(), reason));
      }
    }
    return refused;
  }
}
