package ai.powertools.router;

import ai.powertools.core.CancelledException;
import ai.powertools.core.DeadlineExceededException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries candidates in order until one answers. */
final class Choice {
  /** What vendors answer when they don't have the model. */
  private static final int NOT_FOUND = 404;

  private final List<Interceptor> perCandidate;

  Choice(List<Interceptor> perCandidate) {
    this.perCandidate = perCandidate;
  }

  ChatResponse answer(ChatRequest request, Call call, RoutingDecision plan) {
    List<RoutingDecision.Tried> tried = new ArrayList<>();
    Map<String, RuntimeException> errors = new LinkedHashMap<>();
    Delivery delivery = new Delivery();
    Call watched = delivery.watched(call);
    for (Candidate candidate : plan.candidates()) {
      try {
        ChatResponse response = ask(candidate, request, watched);
        tried.add(new RoutingDecision.Tried(candidate.label(), Optional.empty()));
        tell(call, plan, tried, Optional.of(candidate));
        return response;
      } catch (RuntimeException e) {
        RuntimeException error = e instanceof CandidateRefusedException r ? r.reason() : e;
        tried.add(new RoutingDecision.Tried(candidate.label(), Optional.of(firstLine(error))));
        tell(call, plan, tried, Optional.empty());
        errors.merge(candidate.label(), error, (first, second) -> second);
        if (delivery.begun() || !mayGoOn(e, call)) {
          throw error;
        }
      }
    }
    if (errors.size() == 1) {
      throw errors.values().iterator().next();
    }
    throw new AllCandidatesFailedException(errors);
  }

  private ChatResponse ask(Candidate candidate, ChatRequest request, Call call) {
    return Layers.run(
        perCandidate,
        (inner, innerCall) ->
            candidate
                .provider()
                .chat(
                    new ProviderCall(
                        candidate.id(), inner, innerCall.listener(), innerCall.deadline())),
        request,
        call.with(candidate));
  }

  private static void tell(
      Call call,
      RoutingDecision plan,
      List<RoutingDecision.Tried> tried,
      Optional<Candidate> chosen) {
    call.put(
        RoutingDecision.OF_THE_CALL,
        new RoutingDecision(plan.strategy(), plan.candidates(), plan.refused(), tried, chosen));
  }

  private static boolean mayGoOn(RuntimeException error, Call call) {
    if (Thread.currentThread().isInterrupted() || call.deadline().expired()) {
      return false;
    }
    boolean another = false;
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof CancelledException || e instanceof DeadlineExceededException) {
        return false;
      } else if (e instanceof CandidateRefusedException) {
        return true;
      } else if (e instanceof ProviderException provider) {
        if (provider.contentDelivered()) {
          return false;
        }
        another |= isOfTheModel(provider);
      }
    }
    return another;
  }

  /**
   * Whether another model may fare better. A wrong request is wrong everywhere, but a model that
   * its provider does not have is missing there only.
   */
  private static boolean isOfTheModel(ProviderException error) {
    return switch (error.kind()) {
      case CANCELLED, CONTENT_POLICY -> false;
      case INVALID_REQUEST -> error.status().orElse(0) == NOT_FOUND;
      default -> true;
    };
  }

  private static String firstLine(RuntimeException error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }
}
