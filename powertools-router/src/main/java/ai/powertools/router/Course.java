package ai.powertools.router;

import ai.powertools.core.CancelledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of one call through the models that could answer, until one has. On one thread; a race
 * brings its own.
 */
final class Course {
  private final Engine engine;
  private final Asked asked;
  private final RoutingDecision plan;
  private final Call call;
  private final Delivery delivery;
  private final Field field;
  private final Purse purse;
  private final List<RoutingDecision.Tried> tried = new ArrayList<>(2);

  /** Of the models that failed, and what else happened; most calls have neither. */
  private Map<String, RuntimeException> errors = Map.of();

  private List<String> notes = List.of();

  private ChatRequest request;

  private int asks;

  /** How many answers would not do. */
  private int rejected;

  /** What had been delivered when a stream broke off, and is to be gone on from. */
  private String said = "";

  /** Whether nobody else is to be asked. */
  private boolean over;

  /** An answer that would not do, for when there is no better one. */
  private @Nullable ChatResponse kept;

  private @Nullable Offer keptFrom;
  private @Nullable HeldBack keptBack;
  private int keptAt;

  Course(Engine engine, Asked asked, RoutingDecision plan, Call call) {
    this.engine = engine;
    this.asked = asked;
    this.plan = plan;
    this.request = asked.request;
    this.delivery = new Delivery(engine.fallback.resumes());
    this.call = delivery.watched(call);
    this.field = new Field(engine, asked, plan.ranking());
    this.purse = Purse.of(asked.constraints.budget());
  }

  ChatResponse answer() {
    try {
      while (true) {
        Field.Pick pick = next();
        if (pick == null) {
          return withoutAnother();
        }
        ChatResponse response = ask(pick);
        if (response != null) {
          return response;
        }
      }
    } catch (RuntimeException e) {
      report(Optional.empty()); // what was tried is on the bill, whatever it was that failed
      throw e;
    }
  }

  private Field.@Nullable Pick next() {
    if (over || (asks > 0 && call.deadline().expired())) {
      return null;
    }
    boolean patient = said.isEmpty() && kept == null;
    String waitedFor = "";
    while (true) {
      Field.Pick pick = field.next(purse.committed(), said, patient);
      if (pick != null) {
        return pick;
      }
      Field.Wait wait = patient ? field.soonest() : null;
      if (wait == null || !field.mayWait(wait.time())) {
        return null;
      }
      if (!wait.label().equals(waitedFor)) {
        // Where another call's probe is waited for, it is looked at again and again; told once.
        engine.tell(() -> new RouterEvent.Waiting(call.id(), wait.label(), wait.time()));
        note("waited for %s, at first %d ms".formatted(wait.label(), wait.time().toMillis()));
        waitedFor = wait.label();
      }
      try {
        engine.time.sleep(wait.time());
      } catch (InterruptedException e) {
        throw CancelledException.interrupted("waiting for " + wait.label(), e);
      }
      field.waited(wait.time());
    }
  }

  /** The answer, or null if the next model is to be asked; throws if the call is over. */
  private @Nullable ChatResponse ask(Field.Pick pick) {
    asks++;
    // What goes on from words that were delivered can't be held back any more.
    boolean checked =
        engine.cascade != null
            && said.isEmpty()
            && rejected + 1 < engine.cascade.steps()
            && field.hasOthers();
    HeldBack held = checked && call.listener().isPresent() ? new HeldBack(call) : null;
    Seam seam = said.isEmpty() ? null : new Seam(said);
    Call own = held != null ? held.call() : seam != null ? joined(seam) : call;
    ChatResponse response;
    Attempt winner;
    Race.Result race = race(pick, own, seam == null && !checked);
    if (race == null) {
      winner =
          attempt(pick, seam == null ? RoutingDecision.Role.ANSWER : RoutingDecision.Role.RESUME);
      response = alone(winner, own);
    } else {
      response = race.answer();
      winner = race.winner();
    }
    if (response == null || winner == null) {
      report(Optional.empty());
      return null;
    }
    if (seam != null) {
      tellRest(seam, response.text());
      response = response.withText(delivery.text());
    }
    if (checked && engine.cascade != null) {
      Optional<String> complaint = engine.cascade.check().complaint(request, response);
      if (complaint.isPresent()) {
        escalate(winner, response, held, complaint.get());
        return null;
      }
    }
    if (held != null) {
      held.release();
    }
    report(Optional.of(winner.offer()));
    return response;
  }

  /** One model, on this thread; null if the next is to be asked. */
  private @Nullable ChatResponse alone(Attempt attempt, Call own) {
    try {
      ChatResponse response = attempt.run(request, own);
      settled(attempt, true);
      return response;
    } catch (RuntimeException e) {
      settled(attempt, true);
      failed(attempt, e);
      return null;
    }
  }

  /** Two models; null if there is to be no race. */
  private Race.@Nullable Result race(Field.Pick pick, Call own, boolean allowed) {
    Hedge hedge = allowed ? engine.hedge : null;
    if (hedge == null || !field.hasOthers()) {
      return null;
    }
    Optional<Duration> delay =
        hedge.delayFor(pick.contender().latency().latency(engine.time.nanos()));
    if (delay.isEmpty()) {
      return null;
    }
    Attempt first = attempt(pick, RoutingDecision.Role.ANSWER);
    Race race = new Race(engine, request, own);
    Race.Result result;
    try {
      result = race.run(first, delay.get(), () -> second(first, hedge));
    } catch (RuntimeException e) {
      race.attempts().forEach(attempt -> settled(attempt, false));
      throw e;
    }
    ranAgainstEachOther(result);
    return result;
  }

  private @Nullable Attempt second(Attempt first, Hedge hedge) {
    if (!engine.mayHedge(hedge.share())) {
      return null;
    }
    Field.Pick pick = field.next(purse.committed(), "", false);
    if (pick == null) {
      engine.didNotHedge();
      return null;
    }
    engine.tell(
        () -> new RouterEvent.Hedged(call.id(), first.offer().label(), pick.offer().label()));
    Attempt attempt = attempt(pick, RoutingDecision.Role.HEDGE);
    return attempt;
  }

  private void ranAgainstEachOther(Race.Result result) {
    result.attempts().forEach(attempt -> settled(attempt, attempt == result.winner()));
    for (int i = 0; i < result.attempts().size() && result.winner() == null; i++) {
      RuntimeException error = result.errors().get(i);
      if (error != null && !result.attempts().get(i).isCalledOff()) {
        failed(result.attempts().get(i), error);
      }
    }
  }

  private Attempt attempt(Field.Pick pick, RoutingDecision.Role role) {
    return new Attempt(engine, asked, pick, role, purse);
  }

  private void settled(Attempt attempt, boolean given) {
    RoutingDecision.Tried settled =
        attempt.tried().orElseGet(() -> attempt.unsettled("called off, and not yet settled"));
    RoutingDecision.Tried result =
        given || settled.error().isPresent() ? settled : settled.because("it came too late");
    tried.add(result);
    engine.tell(() -> new RouterEvent.Tried(call.id(), result));
  }

  /** Takes the error in; throws it if the call is over. */
  private void failed(Attempt attempt, RuntimeException e) {
    RuntimeException error = e instanceof CandidateRefusedException refusal ? refusal.reason() : e;
    if (errors.isEmpty()) {
      errors = new LinkedHashMap<>();
    }
    errors.put(attempt.offer().label(), error);
    field.failed(attempt.offer(), e);
    boolean addedNothing = delivery.wordsOnly() && delivery.text().equals(said);
    if (addedNothing && !said.isEmpty()) {
      // It was to go on and added nothing: as good as an answer that did not begin.
      if (!Failure.mayGoOn(e, call, engine.fallback)) {
        throw error;
      }
      return;
    }
    if (delivery.begun()) {
      if (!resumable(e)) {
        throw error;
      }
      said = delivery.text();
      // Vendors refuse an answer to be gone on from that ends with white space.
      request = asked.request.and(Message.assistant(said.stripTrailing()));
      note(
          "%s broke off after %d characters, and another model was asked to go on"
              .formatted(attempt.offer().label(), said.length()));
      return;
    }
    if (Failure.mayGoOn(e, call, engine.fallback)) {
      return;
    }
    if (kept == null || Failure.isCalledOff(e)) {
      throw error;
    }
    over = true; // there is an answer, if not a good one
  }

  /** Whether another model can go on: words and nothing else were delivered, and it may pass. */
  private boolean resumable(RuntimeException error) {
    if (!engine.fallback.resumes()
        || !delivery.wordsOnly()
        || Thread.currentThread().isInterrupted()
        || call.deadline().expired()) {
      return false;
    }
    return Failure.provider(error)
        .map(
            cause ->
                switch (cause.kind()) {
                  case SERVER, OVERLOADED, TIMEOUT, NETWORK, MALFORMED_RESPONSE, RATE_LIMITED ->
                      true;
                  default -> false;
                })
        .orElse(false);
  }

  /** The call, whose new text goes on where the old broke off. */
  private Call joined(Seam seam) {
    return call.listener()
        .map(
            told ->
                call.with(
                    (StreamListener)
                        event -> {
                          if (event instanceof StreamEvent.TextDelta delta) {
                            String fresh = seam.add(delta.text());
                            if (!fresh.isEmpty()) {
                              told.on(new StreamEvent.TextDelta(fresh));
                            }
                          } else {
                            told.on(event);
                          }
                        }))
        .orElse(call);
  }

  /** Of a provider that told nothing as it arrived, the rest is the whole. */
  private void tellRest(Seam seam, String whole) {
    String rest = (seam.heard() ? "" : seam.add(whole)) + seam.end();
    if (!rest.isEmpty()) {
      call.listener().ifPresent(told -> told.on(new StreamEvent.TextDelta(rest)));
    }
  }

  private void escalate(
      Attempt attempt, ChatResponse response, @Nullable HeldBack held, String complaint) {
    rejected++;
    kept = response;
    keptFrom = attempt.offer();
    keptBack = held;
    keptAt = tried.size() - 1;
    tried.set(keptAt, tried.get(keptAt).because("it would not do: " + complaint));
    note("the answer of %s would not do: %s".formatted(attempt.offer().label(), complaint));
    engine.tell(() -> new RouterEvent.Escalated(call.id(), attempt.offer().label(), complaint));
    report(Optional.empty());
  }

  /** There is nobody left to ask. */
  private ChatResponse withoutAnother() {
    field.skipped().forEach(this::note);
    if (kept != null && keptFrom != null && !delivery.begun()) {
      note("there was no better answer");
      if (keptBack != null) {
        keptBack.release();
      }
      tried.set(keptAt, tried.get(keptAt).given());
      report(Optional.of(keptFrom));
      return kept;
    }
    if (errors.isEmpty()) {
      List<Refusal> refused = new ArrayList<>(plan.refused());
      refused.addAll(field.resting());
      Field.Wait wait = field.soonest();
      throw new NoFeasibleModelException(refused, wait == null ? null : wait.time());
    }
    if (errors.size() == 1) {
      throw errors.values().iterator().next();
    }
    throw new AllCandidatesFailedException(errors);
  }

  private void note(String what) {
    if (notes.isEmpty()) {
      notes = new ArrayList<>();
    }
    notes.add(what);
  }

  private void report(Optional<Offer> chosen) {
    call.put(
        RoutingDecision.OF_THE_CALL,
        new RoutingDecision(
            plan.strategy(),
            plan.facts(),
            plan.inputs(),
            plan.ranking(),
            plan.refused(),
            tried,
            chosen,
            notes));
  }
}
