package ai.powertools.orchestrator;

import ai.powertools.core.Time;
import ai.powertools.cost.Attributes;
import ai.powertools.logging.StructuredLogger;
import ai.powertools.models.Usage;
import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.LimiterState;
import ai.powertools.ratelimit.Outcome;
import ai.powertools.ratelimit.Permit;
import ai.powertools.ratelimit.RateLimitExceededException;
import ai.powertools.router.Candidate;
import ai.powertools.router.CandidateRefusedException;
import ai.powertools.router.Chain;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.Interceptor;
import ai.powertools.router.ProviderException;
import ai.powertools.router.RateLimits;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Around each attempt: waits for the provider's limits, and tells the limiter afterwards what was
 * used, how it ended and what the provider said. A wait that is too long is a reason to try another
 * model. What stays on this machine is not limited.
 */
final class LimitLayer implements Interceptor {
  private static final StructuredLogger LOG = StructuredLogger.of(LimitLayer.class);

  private final LimitSettings settings;
  private final Time time;
  private final Map<String, ProviderLimiter> limiters = new ConcurrentHashMap<>();

  LimitLayer(LimitSettings settings, Time time) {
    this.settings = settings;
    this.time = time;
  }

  /** How every provider that was called stands, and each of its models under provider:model. */
  Map<String, LimiterState> states() {
    Map<String, LimiterState> states = new TreeMap<>();
    limiters.values().forEach(limiter -> limiter.addTo(states));
    return states;
  }

  @Override
  public ChatResponse intercept(Chain chain) {
    Candidate candidate = CallContext.candidate(chain.call());
    if (candidate.provider().isLocal()) {
      return chain.proceed(chain.request());
    }
    Permit permit = acquire(chain, candidate);
    // Of what ends otherwise, a stream that its reader closed for one, nobody knows what was used:
    // all stays charged.
    Outcome outcome = Outcome.UNRELATED;
    try {
      ChatResponse response = chain.proceed(chain.request());
      outcome = Outcome.SUCCESS;
      Usage usage = response.usage();
      permit.used(usage.inputTokens(), usage.outputTokens());
      learn(permit, response.details().rateLimits());
      return response;
    } catch (ProviderException e) {
      outcome = settle(permit, e);
      throw e;
    } finally {
      permit.close(outcome);
    }
  }

  private Outcome settle(Permit permit, ProviderException error) {
    boolean throttled =
        error.kind() == ErrorKind.RATE_LIMITED || error.kind() == ErrorKind.OVERLOADED;
    if (!error.mayBeBilled()) {
      if (throttled || error.status().isPresent()) {
        permit.used(0, 0); // it was answered, so it counted as a request
      } else {
        permit.cancel(); // it never got there
      }
    }
    learn(permit, error.rateLimits());
    if (throttled) {
      permit.throttled(error.retryAfter().orElse(Duration.ZERO));
      return Outcome.THROTTLED;
    }
    return error.kind() == ErrorKind.TIMEOUT ? Outcome.TIMED_OUT : Outcome.UNRELATED;
  }

  /** To be called when what was used is known: what goes back later would count as left. */
  private void learn(Permit permit, RateLimits said) {
    if (settings.learn() && !said.equals(RateLimits.NONE)) {
      permit.learn(ProviderReport.of(said));
    }
  }

  private Permit acquire(Chain chain, Candidate candidate) {
    ChatProvider provider = candidate.provider();
    try {
      return limiters
          .computeIfAbsent(provider.name(), name -> new ProviderLimiter(name, settings, time))
          .acquire(candidate.id(), demand(chain, candidate));
    } catch (RateLimitExceededException e) {
      LOG.warn("limit_refused").with("model", candidate.label()).with("why", e.getMessage()).log();
      throw new CandidateRefusedException(e);
    }
  }

  private Demand demand(Chain chain, Candidate candidate) {
    // What the caller set as a bound, else what is expected; corrected when the answer is there.
    long output =
        Math.min(
            candidate.maxOutputTokens(),
            chain.request().maxOutputTokens().orElse((int) candidate.expectedOutputTokens()));
    Duration left = chain.call().deadline().remaining();
    Duration wait = left.compareTo(settings.longestWait()) < 0 ? left : settings.longestWait();
    return Demand.tokens(candidate.inputTokens(), output)
        .priority(CallContext.priority(chain.call()))
        .tenant(CallContext.payer(chain.call()).get(Attributes.USER).orElse(""))
        .within(wait);
  }
}
