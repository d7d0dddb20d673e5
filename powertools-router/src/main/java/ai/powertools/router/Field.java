package ai.powertools.router;

import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models of one call, and which of them may still be asked. Used by one thread, and by that of
 * a race while the other waits for it.
 */
final class Field {
  /** How often one model is asked in one call, when it is waited for because it is busy. */
  private static final int ASKS = 2;

  private final Engine engine;
  private final Asked asked;
  private final Runner[] runners;
  private @Nullable List<String> skipped;
  private long smallestContext;

  /** How much longer the call may wait for models, all waits together. */
  private Duration patience;

  Field(Engine engine, Asked asked, Ranking ranking) {
    this.engine = engine;
    this.asked = asked;
    this.patience = engine.fallback.longestWait();
    List<Ranking.Ranked> order = ranking.order();
    this.runners = new Runner[order.size()];
    for (int i = 0; i < runners.length; i++) {
      runners[i] = new Runner(order.get(i).offer());
    }
  }

  /** One of the models. */
  private static final class Runner {
    private final Offer offer;
    private int asks;
    private boolean done;

    /** Whether it may be asked again when its cooldown is over. */
    private boolean busy;

    Runner(Offer offer) {
      this.offer = offer;
    }
  }

  /**
   * A model that is asked next, and has been let in.
   *
   * @param offer with no longer an answer than the budget still pays for
   */
  record Pick(Contender contender, Offer offer, Health.Entry entry) {}

  /**
   * A model that may be asked later.
   *
   * @param time how much later
   */
  record Wait(String label, Duration time) {}

  /**
   * The next model, let in; null if there is none at the moment.
   *
   * @param spent what the call has cost so far
   * @param said what it has to go on from; empty to begin
   * @param patient whether a busy model would be waited for
   */
  @Nullable Pick next(Usd spent, String said, boolean patient) {
    long now = engine.time.nanos();
    for (int i = 0; i < runners.length; i++) {
      Runner runner = runners[i];
      if (runner.done) {
        continue;
      }
      Contender contender = engine.contender(runner.offer);
      if (!fits(runner, contender, !said.isEmpty())) {
        continue;
      }
      Offer offer = affordable(runner, contender, spent, said);
      if (offer == null || (patient && waitIsShorter(runner, i))) {
        continue;
      }
      Health.Entry entry = contender.health().enter(now);
      if (entry != null) {
        runner.asks++;
        runner.done = true;
        runner.busy = false;
        return new Pick(contender, offer, entry);
      }
    }
    return null;
  }

  /** Whether any model could be asked after those that were. */
  boolean hasOthers() {
    for (Runner runner : runners) {
      if (!runner.done) {
        return true;
      }
    }
    return false;
  }

  /** Takes in that a model failed. */
  void failed(Offer offer, RuntimeException error) {
    Runner runner = runner(offer.label());
    if (runner == null) {
      return;
    }
    Optional<ProviderException> cause = Failure.provider(error);
    if (cause.isPresent() && cause.get().kind() == ErrorKind.CONTEXT_WINDOW) {
      long context = engine.contender(offer).model().contextTokens();
      smallestContext = Math.max(smallestContext, context);
    }
    boolean limited =
        cause.isPresent()
            && cause.get().kind() == ErrorKind.RATE_LIMITED
            && cause.get().retryAfter().isPresent();
    if (limited && runner.asks < ASKS) {
      runner.done = false;
      runner.busy = true;
    }
  }

  /** The model that may be asked soonest; null if none will be. */
  @Nullable Wait soonest() {
    Wait soonest = null;
    long now = engine.time.nanos();
    for (int i = 0; i < runners.length; i++) {
      Runner runner = runners[i];
      if (runner.done || waitIsShorter(runner, i)) {
        continue;
      }
      Duration wait = engine.contender(runner.offer).health().untilOpen(now);
      if (wait != null && (soonest == null || wait.compareTo(soonest.time()) < 0)) {
        Duration atLeast = wait.isZero() ? Duration.ofMillis(1) : wait;
        soonest = new Wait(runner.offer.label(), atLeast);
      }
    }
    return soonest;
  }

  /** Whether the call may wait so long. */
  boolean mayWait(Duration time) {
    return time.compareTo(patience) <= 0 && asked.deadline.allows(time);
  }

  /** Takes in that the call has waited. */
  void waited(Duration time) {
    patience = patience.minus(time);
  }

  /** The models that are left alone at the moment, and why. */
  List<Refusal> resting() {
    List<Refusal> resting = new ArrayList<>();
    long now = engine.time.nanos();
    for (Runner runner : runners) {
      ModelStatus status = ModelStatus.of(engine.contender(runner.offer), now);
      switch (status.state()) {
        case COOLING ->
            resting.add(
                new Refusal(
                    status.label(),
                    "it is left alone for another %d ms: %s"
                        .formatted(Math.max(1, status.remaining().toMillis()), status.reason())));
        case OUT ->
            resting.add(
                new Refusal(status.label(), "it is out until reinstated: " + status.reason()));
        case READY -> resting.add(new Refusal(status.label(), whySkipped(status.label())));
      }
    }
    return resting;
  }

  private String whySkipped(String label) {
    String prefix = label + ": ";
    return skipped().stream()
        .filter(why -> why.startsWith(prefix))
        .findFirst()
        .map(why -> why.substring(prefix.length()))
        .orElse("it was left alone until a moment ago");
  }

  /** Why models were passed over, in words. */
  List<String> skipped() {
    return skipped == null ? List.of() : skipped;
  }

  private boolean fits(Runner runner, Contender contender, boolean goingOn) {
    if (smallestContext > 0 && contender.model().contextTokens() <= smallestContext) {
      pass(
          runner,
          "its context is no larger than that of the model that the conversation did not fit");
      return false;
    }
    if (goingOn && !contender.provider().continuesText(contender.source().id())) {
      pass(runner, "it can't go on where another one broke off");
      return false;
    }
    return true;
  }

  /** The offer with no longer an answer than what is left pays for; null if that is too short. */
  private @Nullable Offer affordable(Runner runner, Contender contender, Usd spent, String said) {
    Offer offer = runner.offer;
    boolean bounded = asked.constraints.budget().isPresent();
    if (said.isEmpty() && (!bounded || spent.isZero())) {
      return offer;
    }
    TokenPlan tokens = offer.tokens();
    // What it goes on from is read as well.
    long more = said.isEmpty() ? 0 : contender.counter().count(said).atMost();
    long atMost = tokens.inputAtMost() + more;
    long wanted = tokens.maxOutput() - (asked.request.maxOutputTokens().isPresent() ? more : 0);
    long most = Math.min(wanted, contender.model().contextTokens() - atMost);
    if (most < 1) {
      pass(runner, "there is no room for more than what has been said");
      return null;
    }
    long expected = Math.min(tokens.expectedOutput(), most);
    most = bounded ? Estimator.affordable(contender, asked, spent, atMost, most) : most;
    if (most < expected) {
      pass(runner, Estimator.overBudget(contender, asked, spent, atMost, expected));
      return null;
    }
    TokenPlan shorter =
        new TokenPlan(
            tokens.input() + more,
            tokens.exact(),
            atMost,
            tokens.cached(),
            tokens.expectedOutput(),
            most);
    return new Offer(
        offer.label(),
        offer.local(),
        offer.lastResort(),
        shorter,
        offer.expectedCost(),
        Optional.ofNullable(
            Estimator.worst(contender, contender.sheet(asked.now), asked, atMost, most)),
        offer.outputPrice(),
        offer.quality(),
        offer.standing());
  }

  private void pass(Runner runner, String why) {
    runner.done = true;
    if (skipped == null) {
      skipped = new ArrayList<>();
    }
    skipped.add(runner.offer.label() + ": " + why);
  }

  /**
   * Whether waiting for a busy model that comes before this one is sooner than asking this one, as
   * far as both are known.
   */
  private boolean waitIsShorter(Runner runner, int place) {
    double own = runner.offer.expectedMillis();
    if (Double.isNaN(own) || runner.busy) {
      return false;
    }
    long now = engine.time.nanos();
    for (int i = 0; i < place; i++) {
      Runner before = runners[i];
      if (before.busy && !before.done) {
        Duration wait = engine.contender(before.offer).health().untilOpen(now);
        double other = before.offer.expectedMillis();
        if (wait != null
            && !Double.isNaN(other)
            && mayWait(wait)
            && wait.toNanos() / 1e6 + other < own) {
          return true;
        }
      }
    }
    return false;
  }

  private @Nullable Runner runner(String label) {
    for (Runner runner : runners) {
      if (runner.offer.label().equals(label)) {
        return runner;
      }
    }
    return null;
  }
}
