package ai.powertools.router;

import ai.powertools.core.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which model answers, asks it, and asks the next one when it can't. Made once, used by
 * many threads.
 *
 * <p>Layers around the call see it once, whichever models are tried; layers around a candidate see
 * each model that is tried. What is done when a model fails is said by {@link Fallback}; some of an
 * answer that has been delivered is never delivered again.
 */
public final class LlmRouter {
  /** What layers around the call made of it; a copy of the call is a copy of this. */
  private static final Attribute<Task> CHOSEN_FOR = Attribute.of("chosen for", Task.class);

  private final Decider decider;
  private final Engine engine;
  private final List<Interceptor> around;
  private final @Nullable Shadowing shadowing;

  LlmRouter(RouterBuilder builder) {
    this.around = List.copyOf(builder.around);
    this.engine = builder.engine();
    this.decider = builder.decider(engine);
    this.shadowing = builder.shadowing(engine, decider);
  }

  /** A router without models, to be filled. */
  public static RouterBuilder builder() {
    return new RouterBuilder();
  }

  /** Asks, with all the time in the world. */
  public RoutedResponse route(ChatRequest request) {
    return route(Task.of(request));
  }

  /** Asks, with all the time in the world. */
  public RoutedResponse route(Task task) {
    return route(task, Deadline.never());
  }

  /**
   * Asks, and waits for the whole answer.
   *
   * @throws NoFeasibleModelException if no model can answer; nothing was sent
   * @throws AllCandidatesFailedException if several were tried and none answered
   * @throws ProviderException if the only one that was tried did not answer
   * @throws ai.powertools.core.DeadlineExceededException if the deadline has passed already
   * @throws ai.powertools.core.CancelledException if the thread is interrupted while a model is
   *     waited for
   */
  public RoutedResponse route(Task task, Deadline deadline) {
    return run(task, null, deadline);
  }

  /** Asks, and waits for the whole answer. */
  public RoutedResponse route(ChatRequest request, Deadline deadline) {
    return route(Task.of(request), deadline);
  }

  /** Asks, hands the text to a listener as it arrives, and gives the whole at the end. */
  public RoutedResponse route(Task task, StreamListener listener, Deadline deadline) {
    return run(task, listener, deadline);
  }

  /** Asks, hands the text to a listener as it arrives, and gives the whole at the end. */
  public RoutedResponse route(ChatRequest request, StreamListener listener, Deadline deadline) {
    return route(Task.of(request), listener, deadline);
  }

  /**
   * Asks on a thread of its own; cancelling the future interrupts the call, which hangs up and
   * settles.
   */
  public CompletableFuture<RoutedResponse> routeAsync(Task task, Deadline deadline) {
    return AsyncCall.start(() -> route(task, deadline));
  }

  /** Asks on a thread of its own. */
  public CompletableFuture<RoutedResponse> routeAsync(ChatRequest request, Deadline deadline) {
    return routeAsync(Task.of(request), deadline);
  }

  /** Asks, and gives the text as it arrives; close it to call the rest off. */
  public ChatStream stream(Task task, Deadline deadline) {
    return ChatStream.of(listener -> route(task, listener, deadline).response());
  }

  /** Asks, and gives the text as it arrives; close it to call the rest off. */
  public ChatStream stream(ChatRequest request, Deadline deadline) {
    return stream(Task.of(request), deadline);
  }

  /**
   * What would be decided, without asking anybody.
   *
   * @return the candidates in order; none if no model could answer
   */
  public RoutingDecision plan(Task task) {
    return decider.decide(decider.look(task, Deadline.never()));
  }

  /** What would be decided, without asking anybody. */
  public RoutingDecision plan(ChatRequest request) {
    return plan(Task.of(request));
  }

  /**
   * Decides again by what is written down in a record, with this router's strategy. The same
   * strategy gives the same order, whatever has become of the models since.
   */
  public RoutingDecision replay(RoutingDecision record) {
    return Decider.decide(record.inputs(), decider.strategy(), record.facts());
  }

  /** What recorded calls would have cost under another strategy, and how good they would be. */
  public Simulation simulate(Iterable<RoutingDecision> records, Strategy other) {
    return Simulation.of(records, other);
  }

  /**
   * Says how good the answer of a decision was, now or later, so that calls for tasks of its kind
   * are routed better.
   *
   * @param score 0 (useless) to 1 (as good as can be)
   * @throws IllegalArgumentException if the score is not within 0 to 1, or nobody answered
   */
  public void feedback(RoutingDecision decision, double score) {
    Offer chosen =
        decision
            .chosen()
            .orElseThrow(
                () -> new IllegalArgumentException("No model answered; there is nothing to rate."));
    feedback(decision.inputs().task(), chosen.label(), score);
  }

  /**
   * Says how good a model's answer to a task of a kind was, whoever asked it: a {@link Shadow}, or
   * an evaluation of one's own.
   *
   * @param kind the kind of task, as in {@link ChatRequest#task}
   * @param label which model, as in {@link ModelStatus#label}
   * @param score 0 (useless) to 1 (as good as can be)
   * @throws IllegalArgumentException if the score is not within 0 to 1
   */
  public void feedback(String kind, String label, double score) {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("A score lies between 0 and 1, not at " + score + ".");
    }
    engine.experience.rate(kind, label, score);
  }

  /** How each model is, in the order in which they were given. */
  public List<ModelStatus> status() {
    long nanos = engine.time.nanos();
    return engine.contenders.values().stream()
        .map(contender -> ModelStatus.of(contender, nanos))
        .toList();
  }

  /**
   * Lets a model be asked again that is left alone or out, as when its key has been put right.
   *
   * @param label as in {@link ModelStatus#label}
   * @throws IllegalArgumentException if the router has no such model
   */
  public void reinstate(String label) {
    Contender contender = engine.contenders.get(label);
    if (contender == null) {
      throw new IllegalArgumentException(
          "The router has no model %s, but %s.".formatted(label, engine.contenders.keySet()));
    }
    contender.health().reinstate();
  }

  /** What has been learned so far, to be kept or shared. */
  public Experience experience() {
    return engine.experience;
  }

  private RoutedResponse run(Task task, @Nullable StreamListener listener, Deadline deadline) {
    engine.calls.incrementAndGet();
    if (listener == null) {
      return answered(task, Call.begin(deadline, null), null);
    }
    return Telling.theEnd(
        listener,
        told -> {
          Delivery delivery = new Delivery();
          return answered(task, delivery.watched(Call.begin(deadline, told)), delivery);
        },
        RoutedResponse::response);
  }

  private RoutedResponse answered(Task task, Call call, @Nullable Delivery delivery) {
    ChatResponse response;
    try {
      response =
          Layers.run(
              around, (request, inner) -> choose(task.with(request), inner), task.request(), call);
      if (delivery != null && !delivery.begun() && !response.text().isEmpty()) {
        // A layer that answered by itself, such as a cache, need not know who listens.
        StreamEvent whole = new StreamEvent.TextDelta(response.text());
        call.listener().ifPresent(told -> told.on(whole));
      }
    } catch (RuntimeException e) {
      engine.tell(() -> new RouterEvent.Ended(call.id(), decision(call), Optional.of(e)));
      throw e;
    }
    RoutedResponse routed = new RoutedResponse(call, response, decision(call), this);
    engine.tell(() -> new RouterEvent.Ended(call.id(), routed.decision(), Optional.empty()));
    Optional<Task> asked = call.get(CHOSEN_FOR);
    if (shadowing != null && asked.isPresent()) {
      shadowing.copy(asked.get(), routed);
    }
    return routed;
  }

  private RoutingDecision decision(Call call) {
    return call.get(RoutingDecision.OF_THE_CALL).orElseGet(decider::none);
  }

  private ChatResponse choose(Task task, Call call) {
    call.deadline().check("asking a model");
    call.put(CHOSEN_FOR, task);
    Asked asked = decider.look(task, call.deadline());
    RoutingDecision plan = decider.decide(asked);
    call.put(RoutingDecision.OF_THE_CALL, plan);
    engine.tell(() -> new RouterEvent.Decided(call.id(), plan));
    if (plan.ranking().order().isEmpty()) {
      throw new NoFeasibleModelException(plan.refused());
    }
    return new Course(engine, asked, plan, call).answer();
  }
}
