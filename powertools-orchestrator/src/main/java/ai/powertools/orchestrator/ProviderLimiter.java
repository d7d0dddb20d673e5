package ai.powertools.orchestrator;

import ai.powertools.core.Time;
import ai.powertools.ratelimit.AimdRate;
import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.LimiterState;
import ai.powertools.ratelimit.Limits;
import ai.powertools.ratelimit.Permit;
import ai.powertools.ratelimit.RateLimiter;
import ai.powertools.ratelimit.RateLimiterBuilder;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The limits of one provider: the configured ones for all its models together, and the same again
 * for each model, to be lowered by what the provider says. Vendors count, refuse and report by
 * model, so what one model is told must not hold up the others. Safe for use by many threads.
 */
final class ProviderLimiter {
  private final RateLimiter limiter;
  private final Set<String> models = ConcurrentHashMap.newKeySet();

  ProviderLimiter(String provider, LimitSettings settings, Time time) {
    Limits all = settings.of(provider);
    Limits each = Limits.of(all.list().toArray(Limit[]::new)); // calls at once are the provider's
    RateLimiterBuilder builder =
        RateLimiter.builder().name(provider).limits(all).level("model", model -> each).time(time);
    if (settings.adaptive()) {
      builder.adaptRate(AimdRate::create);
    }
    this.limiter = builder.build();
  }

  /** Waits for leave to call a model, as {@link RateLimiter#acquire} does. */
  Permit acquire(String model, Demand demand) {
    models.add(model);
    return limiter.acquire(demand.at(model));
  }

  /** Adds how the provider and each of its models stand, by name. */
  void addTo(Map<String, LimiterState> states) {
    states.put(limiter.name(), limiter.state());
    for (String model : models) {
      states.put(limiter.name() + ":" + model, limiter.state(model));
    }
  }
}
