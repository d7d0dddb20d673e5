package ai.powertools.router;

import ai.powertools.core.Deadline;
import ai.powertools.models.ModelCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which model answers, asks it, and asks the next one when it can't. Made once, used by
 * many threads.
 *
 * <p>Layers around the call see it once, whichever models are tried; layers around a candidate see
 * each model that is tried. A model is left for the next one when its provider fails for a reason
 * of its own, or a layer throws {@link CandidateRefusedException}; never when the caller has called
 * off the call, the deadline has passed, the request itself is wrong, or some of the answer has
 * been delivered already, since that would repeat it.
 */
public final class LlmRouter {
  private final List<ChatModel> models;
  private final Strategy strategy;
  private final List<Interceptor> around;
  private final Choice choice;
  private final ModelCatalog catalog;
  private final Estimator estimator;

  private LlmRouter(Builder builder) {
    this.models = List.copyOf(builder.models);
    this.strategy = builder.strategy;
    this.around = List.copyOf(builder.around);
    this.choice = new Choice(List.copyOf(builder.perCandidate));
    this.catalog = builder.catalog;
    this.estimator = new Estimator(catalog);
  }

  /** A router without models, to be filled. */
  public static Builder builder() {
    return new Builder();
  }

  /** Asks, with all the time in the world. */
  public RoutedResponse route(ChatRequest request) {
    return route(request, Deadline.never());
  }

  /**
   * Asks, and waits for the whole answer.
   *
   * @throws NoFeasibleModelException if no model can answer; nothing was sent
   * @throws AllCandidatesFailedException if several were tried and none answered
   * @throws ProviderException if the only one that was tried did not answer
   * @throws ai.powertools.core.DeadlineExceededException if the deadline has passed already
   */
  public RoutedResponse route(ChatRequest request, Deadline deadline) {
    return run(request, null, deadline);
  }

  /** Asks, hands the text to a listener as it arrives, and gives the whole at the end. */
  public RoutedResponse route(ChatRequest request, StreamListener listener, Deadline deadline) {
    return run(request, listener, deadline);
  }

  /**
   * Asks on a thread of its own; cancelling the future interrupts the call, which hangs up and
   * settles.
   */
  public CompletableFuture<RoutedResponse> routeAsync(ChatRequest request, Deadline deadline) {
    return AsyncCall.start(() -> route(request, deadline));
  }

  /** Asks, and gives the text as it arrives; close it to call the rest off. */
  public ChatStream stream(ChatRequest request, Deadline deadline) {
    return ChatStream.of(listener -> route(request, listener, deadline).response());
  }

  /**
   * What would be decided, without asking anybody.
   *
   * @return the candidates in order; none if no model could answer
   */
  public RoutingDecision plan(ChatRequest request) {
    List<Candidate> feasible = new ArrayList<>();
    List<Refusal> refused = new ArrayList<>();
    for (ChatModel model : models) {
      if (request.model().isPresent() && !isNamed(model, request.model().get())) {
        refused.add(new Refusal(model.label(), "only " + request.model().get() + " may answer"));
        continue;
      }
      Estimator.Verdict verdict = estimator.judge(model, request);
      verdict.candidate().ifPresent(feasible::add);
      verdict.refusal().ifPresent(refused::add);
    }
    List<Candidate> order = List.copyOf(strategy.order(request, List.copyOf(feasible)));
    for (Candidate candidate : feasible) {
      if (!order.contains(candidate)) {
        String reason = "the strategy \"" + strategy.name() + "\" leaves it out";
        refused.add(new Refusal(candidate.label(), reason));
      }
    }
    return new RoutingDecision(strategy.name(), order, refused, List.of(), Optional.empty());
  }

  private RoutedResponse run(
      ChatRequest request, @Nullable StreamListener listener, Deadline deadline) {
    if (listener == null) {
      Call call = Call.begin(deadline, null);
      return routed(call, Layers.run(around, this::choose, request, call));
    }
    return Telling.theEnd(
        listener,
        told -> {
          Delivery delivery = new Delivery();
          Call call = delivery.watched(Call.begin(deadline, told));
          ChatResponse response = Layers.run(around, this::choose, request, call);
          if (!delivery.begun() && !response.text().isEmpty()) {
            // A layer that answered by itself, such as a cache, need not know who listens.
            told.on(new StreamEvent.TextDelta(response.text()));
          }
          return routed(call, response);
        },
        RoutedResponse::response);
  }

  private static RoutedResponse routed(Call call, ChatResponse response) {
    RoutingDecision decision =
        call.get(RoutingDecision.OF_THE_CALL)
            .orElseGet(
                () ->
                    new RoutingDecision(
                        "answered by an interceptor",
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty()));
    return new RoutedResponse(call, response, decision);
  }

  private ChatResponse choose(ChatRequest request, Call call) {
    call.deadline().check("asking a model");
    RoutingDecision plan = plan(request);
    call.put(RoutingDecision.OF_THE_CALL, plan);
    if (plan.candidates().isEmpty()) {
      throw new NoFeasibleModelException(plan.refused());
    }
    return choice.answer(request, call, plan);
  }

  private boolean isNamed(ChatModel model, String name) {
    String provider = model.provider().name();
    return Stream.concat(Stream.of(model.id()), model.resolve(catalog).aliases().stream())
        .flatMap(id -> Stream.of(id, provider + ":" + id, provider + "/" + id))
        .anyMatch(name.strip()::equalsIgnoreCase);
  }

  /** What a router is made of. */
  public static final class Builder {
    private final List<ChatModel> models = new ArrayList<>();
    private final List<Interceptor> around = new ArrayList<>();
    private final List<Interceptor> perCandidate = new ArrayList<>();
    private Strategy strategy = Strategy.cheapest();
    private ModelCatalog catalog = ModelCatalog.bundled();

    private Builder() {}

    /** A model that may be chosen. */
    public Builder model(ChatModel model) {
      models.add(model);
      return this;
    }

    /** In which order models are tried; the cheapest first by default. */
    public Builder strategy(Strategy strategy) {
      this.strategy = strategy;
      return this;
    }

    /** Where limits and prices come from; the bundled catalog by default. */
    public Builder catalog(ModelCatalog catalog) {
      this.catalog = catalog;
      return this;
    }

    /** A layer around the whole call, inside of those added before. */
    public Builder around(Interceptor interceptor) {
      around.add(interceptor);
      return this;
    }

    /** A layer around each model that is tried, inside of those added before. */
    public Builder perCandidate(Interceptor interceptor) {
      perCandidate.add(interceptor);
      return this;
    }

    /** The router. */
    public LlmRouter build() {
      return new LlmRouter(this);
    }
  }
}
