package ai.powertools.orchestrator;

import ai.powertools.core.Time;
import ai.powertools.logging.StructuredLogger;
import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.LimiterState;
import ai.powertools.ratelimit.Permit;
import ai.powertools.ratelimit.RateLimitExceededException;
import ai.powertools.ratelimit.RateLimiter;
import ai.powertools.ratelimit.RateLimiterBuilder;
import ai.powertools.router.Candidate;
import ai.powertools.router.CandidateRefusedException;
import ai.powertools.router.Chain;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.Interceptor;
import ai.powertools.router.ProviderException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Around each attempt: waits for the provider's limits, and corrects the estimate afterwards. A
 * wait that is too long is a reason to try another model. What stays on this machine is not
 * limited.
 */
final class LimitLayer implements Interceptor {
  private static final StructuredLogger LOG = StructuredLogger.of(LimitLayer.class);

  private final LimitSettings settings;
  private final Time time;
  private final Map<String, RateLimiter> limiters = new ConcurrentHashMap<>();

  LimitLayer(LimitSettings settings, Time time) {
    this.settings = settings;
    this.time = time;
  }

  /** Every provider's limiter as it stands. */
  Map<String, LimiterState> states() {
    Map<String, LimiterState> states = new TreeMap<>();
    limiters.forEach((provider, limiter) -> states.put(provider, limiter.state()));
    return states;
  }

  @Override
  public ChatResponse intercept(Chain chain) {
    Candidate candidate = CallContext.candidate(chain.call());
    ChatProvider provider = candidate.provider();
    if (provider.isLocal()) {
      return chain.proceed(chain.request());
    }
    RateLimiter limiter = limiters.computeIfAbsent(provider.name(), this::limiter);
    try (Permit permit = acquire(limiter, chain, candidate)) {
      return proceed(chain, limiter, permit);
    }
  }

  private static ChatResponse proceed(Chain chain, RateLimiter limiter, Permit permit) {
    try {
      ChatResponse response = chain.proceed(chain.request());
      permit.used(response.usage().totalTokens());
      return response;
    } catch (ProviderException e) {
      if (!e.mayBeBilled()) {
        if (e.status().isPresent()) {
          permit.used(0); // it was answered, so it counted as a request
        } else {
          permit.cancel(); // it never got there
        }
      }
      if (e.kind() == ErrorKind.RATE_LIMITED) {
        e.retryAfter().ifPresent(limiter::backOff);
      }
      throw e;
    }
  }

  private Permit acquire(RateLimiter limiter, Chain chain, Candidate candidate) {
    // What the caller set as a bound, else what is expected; corrected when the answer is there.
    long output =
        Math.min(
            candidate.maxOutputTokens(),
            chain.request().maxOutputTokens().orElse((int) candidate.expectedOutputTokens()));
    Duration left = chain.call().deadline().remaining();
    Duration wait = left.compareTo(settings.longestWait()) < 0 ? left : settings.longestWait();
    try {
      return limiter.acquire(Demand.tokens(candidate.inputTokens() + output).within(wait));
    } catch (RateLimitExceededException e) {
      LOG.warn("limit_refused").with("model", candidate.label()).with("why", e.getMessage()).log();
      throw new CandidateRefusedException(e);
    }
  }

  private RateLimiter limiter(String provider) {
    RateLimiterBuilder builder = RateLimiter.builder().name(provider).time(time);
    settings.requestsPerMinute().ifPresent(builder::requestsPerMinute);
    settings.tokensPerMinute().ifPresent(builder::tokensPerMinute);
    settings.concurrency().ifPresent(builder::concurrency);
    return builder.build();
  }
}
