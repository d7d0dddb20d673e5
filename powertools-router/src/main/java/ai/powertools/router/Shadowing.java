package ai.powertools.router;

import ai.powertools.core.Deadline;
import ai.powertools.models.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Sends copies of calls to the model on trial. */
final class Shadowing {
  private final Shadow shadow;
  private final Contender trial;
  private final Engine engine;
  private final Decider decider;
  private final Semaphore room;
  private final AtomicLong calls = new AtomicLong();

  Shadowing(Shadow shadow, Contender trial, Engine engine, Decider decider) {
    this.shadow = shadow;
    this.trial = trial;
    this.engine = engine;
    this.decider = decider;
    this.room = new Semaphore(shadow.atOnce());
  }

  /** Sends a copy, if it is time for one and there is room. */
  void copy(Task task, RoutedResponse answered) {
    boolean itself =
        answered.decision().chosen().filter(o -> o.label().equals(trial.label())).isPresent();
    if (itself
        || !Exploration.isDue(calls.getAndIncrement(), shadow.share())
        || !room.tryAcquire()) {
      return;
    }
    try {
      engine.threads.execute(() -> run(task, answered));
    } catch (RuntimeException e) {
      room.release(); // an executor that takes no more; the answer has been given all the same
    }
  }

  private void run(Task task, RoutedResponse answered) {
    Optional<ChatResponse> response = Optional.empty();
    Optional<RuntimeException> error = Optional.empty();
    try {
      response = Optional.of(ask(task, answered));
    } catch (RuntimeException e) {
      error = Optional.of(e);
    } finally {
      room.release();
    }
    try {
      shadow
          .comparison()
          .compare(
              new Shadow.Copied(
                  task.request(), answered.response(), answered.decision(), response, error));
    } catch (RuntimeException e) {
      // A comparison watches; that it fails is nobody's business here.
    }
  }

  /** Under all constraints of the call, its model's name excepted: the trial has its own. */
  private ChatResponse ask(Task task, RoutedResponse answered) {
    Deadline deadline = Deadline.after(shadow.timeout(), engine.time);
    ChatRequest own = task.request().withoutModel();
    Asked asked = decider.look(task.with(own), deadline);
    Optional<Usd> budget = asked.constraints.budget();
    if (budget.isPresent()) {
      // The call and its copy share what the call may cost; what is not known may be all of it.
      Usd spent = answered.decision().cost().orElse(budget.get());
      Usd left = spent.compareTo(budget.get()) < 0 ? budget.get().minus(spent) : Usd.ZERO;
      asked = decider.look(task.with(own).budget(left), deadline);
    }
    List<Offer> offers = new ArrayList<>(1);
    List<Refusal> refused = new ArrayList<>(1);
    decider.judge(trial, asked, offers, refused);
    if (offers.isEmpty()) {
      throw new NoFeasibleModelException(refused);
    }
    Health.Entry entry = trial.health().enter(engine.time.nanos());
    if (entry == null) {
      throw new NoFeasibleModelException(
          List.of(new Refusal(trial.label(), "it is left alone for now")));
    }
    Field.Pick pick = new Field.Pick(trial, offers.get(0), entry);
    Attempt attempt =
        new Attempt(
            engine, asked, pick, RoutingDecision.Role.SHADOW, Purse.of(asked.constraints.budget()));
    Call call = answered.call().unheard(deadline);
    try {
      return attempt.run(own, call);
    } finally {
      attempt
          .tried()
          .ifPresent(tried -> engine.tell(() -> new RouterEvent.Tried(call.id(), tried)));
    }
  }
}
