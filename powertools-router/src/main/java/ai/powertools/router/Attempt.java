package ai.powertools.router;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.PowerToolsException;
import ai.powertools.models.Ability;
import ai.powertools.models.Certainty;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks one model, through the layers around it, and takes in how that ends: its bill, its health,
 * its speed, and what can be learned for later estimates.
 */
final class Attempt {
  private final Engine engine;
  private final Asked asked;
  private final Contender contender;
  private final Offer offer;
  private final Health.Entry entry;
  private final RoutingDecision.Role role;
  private final Purse purse;
  private final Bill bill;
  private final long start;

  /** Whether the purse has paid for a request that has not been sent yet. */
  private volatile boolean prepaid;

  /** Set before the attempt is called off from outside, so that nobody is blamed. */
  private volatile boolean calledOff;

  private volatile RoutingDecision.@Nullable Tried tried;

  Attempt(Engine engine, Asked asked, Field.Pick pick, RoutingDecision.Role role, Purse purse) {
    this.engine = engine;
    this.asked = asked;
    this.contender = pick.contender();
    this.offer = pick.offer();
    this.entry = pick.entry();
    this.role = role;
    this.purse = purse;
    this.bill = new Bill(contender, engine.catalog, offer);
    this.start = engine.time.nanos();
    // Taken at once, so that whoever races against this one counts with it.
    this.prepaid = purse.take(atMost());
  }

  /** The most that one request costs. */
  private Usd atMost() {
    return offer.worstCost().orElse(Usd.ZERO);
  }

  /** Puts back what was taken for a request that was not sent. */
  private void refund() {
    if (prepaid) {
      prepaid = false;
      purse.settle(atMost(), Usd.ZERO);
    }
  }

  Offer offer() {
    return offer;
  }

  /** It won't be run. */
  void abandon() {
    refund();
    contender.health().left(entry);
  }

  void callOff() {
    calledOff = true;
  }

  boolean isCalledOff() {
    return calledOff;
  }

  /** What came of it; empty while it is under way. */
  Optional<RoutingDecision.Tried> tried() {
    return Optional.ofNullable(tried);
  }

  /** What is known of it while it is under way. */
  RoutingDecision.Tried unsettled(String why) {
    return new RoutingDecision.Tried(
        offer.label(),
        role,
        Optional.of(why),
        Optional.empty(),
        Optional.empty(),
        engine.time.since(start));
  }

  /** Asks. */
  ChatResponse run(ChatRequest request, Call call) {
    contender.begun();
    boolean settled = false;
    try {
      Deadline deadline = deadline(call);
      Candidate candidate =
          new Candidate(
              contender.source(),
              contender.model(),
              offer,
              () -> Bill.worst(contender, engine.catalog, offer));
      ChatResponse response =
          Layers.run(
              engine.perCandidate, this::send, limited(request), call.trying(candidate, deadline));
      succeeded(response);
      settled = true;
      return response;
    } catch (RuntimeException e) {
      failed(e, call);
      settled = true;
      throw e;
    } finally {
      refund();
      contender.ended();
      if (!settled) {
        contender.health().left(entry); // an Error; nothing of the model's making
      }
    }
  }

  /** A machine that is paid by the hour may not take longer than the budget was asked for. */
  private Deadline deadline(Call call) {
    Deadline own = engine.fallback.attempt(call.deadline(), engine.time);
    return purse.isBottomless() || contender.perHour().isEmpty()
        ? own
        : own.earlier(Deadline.after(MachineTime.LONGEST, engine.time));
  }

  /**
   * The innermost of the layers: one request to the vendor, for which the purse has to have enough.
   */
  private ChatResponse send(ChatRequest request, Call call) {
    Usd atMost = atMost();
    boolean paid = prepaid;
    prepaid = false;
    if (!paid && !purse.take(atMost)) {
      throw new CandidateRefusedException(
          new PowerToolsException(purse.shortOf(offer.label(), atMost)));
    }
    long sent = engine.time.nanos();
    FirstEvent first = call.listener().isPresent() ? new FirstEvent(call.listener().get()) : null;
    ProviderCall toProvider =
        new ProviderCall(
            contender.source().id(),
            limited(request),
            first == null ? Optional.empty() : Optional.of(first),
            call.deadline());
    Usd cost = null;
    try {
      ChatResponse response = contender.provider().chat(toProvider);
      Duration took = engine.time.since(sent);
      cost = bill.answered(response, took, engine.time.instant());
      Duration begun =
          response.timeToFirstToken().orElseGet(() -> first == null ? null : first.after(sent));
      contender.latency().record(begun, took, response.usage().outputTokens());
      return response;
    } catch (RuntimeException e) {
      Duration took = engine.time.since(sent);
      cost = bill.failed(e, took, engine.time.instant());
      if (calledOff && first != null && first.after(sent) == null) {
        // Another one was faster; this one would have taken at least so long to begin.
        contender.latency().record(took, took, 0);
      }
      throw e;
    } finally {
      purse.settle(atMost, cost);
    }
  }

  /** Sees when the answer begins. */
  private final class FirstEvent implements StreamListener {
    private final StreamListener told;
    private long at;
    private boolean seen;

    FirstEvent(StreamListener told) {
      this.told = told;
    }

    @Override
    public void on(StreamEvent event) {
      if (!seen && !(event instanceof StreamEvent.UsageUpdate)) {
        at = engine.time.nanos();
        seen = true;
      }
      told.on(event);
    }

    @Nullable Duration after(long sent) {
      return seen ? Duration.ofNanos(at - sent) : null;
    }
  }

  private ChatRequest limited(ChatRequest request) {
    if (purse.isBottomless() && role != RoutingDecision.Role.RESUME) {
      return request;
    }
    int most = (int) offer.tokens().maxOutput();
    return request.maxOutputTokens().orElse(Integer.MAX_VALUE) <= most
        ? request
        : request.toBuilder().maxOutputTokens(most).build();
  }

  private void succeeded(ChatResponse response) {
    settle(Optional.empty());
    if (!bill.sent()) {
      contender.health().left(entry); // a layer answered; the model was not asked
      return;
    }
    contender.health().succeeded(entry);
    contender.settled(false, false);
    learn(response);
  }

  private void learn(ChatResponse response) {
    boolean whole =
        response.finishReason() != FinishReason.LENGTH && role != RoutingDecision.Role.RESUME;
    if (whole && response.usage().outputTokens() > 0) {
      asked.lengths.add(offer.label(), response.usage().outputTokens());
    }
    String family = contender.calibrated();
    boolean text = !asked.needs.images() && !asked.needs.audio() && !asked.needs.files();
    if (family != null && text && response.usageCertainty() == Certainty.EXACT) {
      long raw = Math.round(offer.tokens().input() / engine.experience.factor(family));
      engine.experience.counted(family, raw, response.usage().inputTokens());
    }
    if (asked.key.isPresent() && contender.model().can(Ability.CACHING)) {
      engine.warm.served(asked.key.getAsLong(), offer.label(), response.usage().inputTokens());
    }
  }

  private void failed(RuntimeException error, Call call) {
    settle(Optional.of(Failure.firstLine(error)));
    Health health = contender.health();
    Optional<ProviderException> cause = Failure.provider(error);
    Health.Severity severity = calledOff ? null : severity(error, cause, call);
    if (severity == null) {
      health.left(entry);
      return;
    }
    contender.settled(true, bill.usage().isPresent());
    String why =
        cause
            .map(e -> e.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .orElse("no answer in time");
    Duration retryAfter = cause.flatMap(ProviderException::retryAfter).orElse(null);
    long now = engine.time.nanos();
    if (!health.failed(entry, severity, retryAfter, why, now)) {
      return;
    }
    leftAlone(contender, call, now);
    if (cause.filter(e -> e.kind() == ErrorKind.AUTHENTICATION).isPresent()) {
      for (Contender other : engine.sharingTheKeyOf(contender)) {
        Health.Entry own = new Health.Entry(other.health().state().epoch(), false);
        if (other != contender && other.health().failed(own, severity, retryAfter, why, now)) {
          leftAlone(other, call, now);
        }
      }
    }
  }

  private void leftAlone(Contender hit, Call call, long now) {
    engine.tell(() -> new RouterEvent.LeftAlone(call.id(), ModelStatus.of(hit, now)));
  }

  /** How bad it is for the model; null if it is not of the model's making. */
  private static Health.@Nullable Severity severity(
      RuntimeException error, Optional<ProviderException> cause, Call call) {
    if (Thread.currentThread().isInterrupted() || call.deadline().expired()) {
      return null;
    }
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof CancelledException || e instanceof CandidateRefusedException) {
        return null;
      }
    }
    if (cause.isEmpty()) {
      return error instanceof DeadlineExceededException ? Health.Severity.PASSING : null;
    }
    ProviderException failure = cause.get();
    return switch (failure.kind()) {
      case AUTHENTICATION, PERMISSION -> Health.Severity.LASTING;
      case INVALID_REQUEST -> Failure.isMissing(failure) ? Health.Severity.LASTING : null;
      case CONTEXT_WINDOW, CONTENT_POLICY, CANCELLED -> null;
      case QUOTA_EXHAUSTED -> Health.Severity.QUOTA;
      case RATE_LIMITED, OVERLOADED -> Health.Severity.BUSY;
      case SERVER, TIMEOUT, NETWORK, MALFORMED_RESPONSE -> Health.Severity.PASSING;
    };
  }

  private void settle(Optional<String> error) {
    tried =
        new RoutingDecision.Tried(
            offer.label(), role, error, bill.usage(), bill.cost(), engine.time.since(start));
  }
}
