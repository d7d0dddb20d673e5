package ai.powertools.ratelimit.simulation;

import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One call of a trace.
 *
 * @param at when it asks to be let through, from the start of the trace
 * @param tokens what it asks for
 * @param used what it turns out to use; empty: nobody says, and the estimate stays
 * @param takes how long it runs once it is let through
 * @param priority how urgent it is
 * @param tenant on whose behalf; empty: nobody's
 * @param keys of the limiter's levels, the outermost first
 * @param patience how long it waits at most; empty: without end
 */
public record TracedCall(
    Duration at,
    TokenCount tokens,
    Optional<TokenCount> used,
    Duration takes,
    Priority priority,
    Optional<String> tenant,
    List<String> keys,
    Optional<Duration> patience) {

  /**
   * Refuses times before the start.
   *
   * @throws IllegalArgumentException if a time is negative
   */
  public TracedCall {
    if (at.isNegative() || takes.isNegative() || patience.orElse(Duration.ZERO).isNegative()) {
      throw new IllegalArgumentException(
          "A call has no negative times: at %s, takes %s, patience %s."
              .formatted(at, takes, patience.map(Duration::toString).orElse("endless")));
    }
    keys = List.copyOf(keys);
  }

  /** A request without tokens, that ends at once and waits without end. */
  public static TracedCall at(Duration at) {
    return new TracedCall(
        at,
        TokenCount.NONE,
        Optional.empty(),
        Duration.ZERO,
        Priority.NORMAL,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** The same, asking for so many tokens. */
  public TracedCall tokens(TokenCount tokens) {
    return new TracedCall(at, tokens, used, takes, priority, tenant, keys, patience);
  }

  /** The same, using so many in the end. */
  public TracedCall used(TokenCount used) {
    return new TracedCall(at, tokens, Optional.of(used), takes, priority, tenant, keys, patience);
  }

  /** The same, running for so long. */
  public TracedCall takes(Duration takes) {
    return new TracedCall(at, tokens, used, takes, priority, tenant, keys, patience);
  }

  /** The same, so urgent. */
  public TracedCall priority(Priority priority) {
    return new TracedCall(at, tokens, used, takes, priority, tenant, keys, patience);
  }

  /** The same for a tenant. */
  public TracedCall tenant(String tenant) {
    return new TracedCall(at, tokens, used, takes, priority, Optional.of(tenant), keys, patience);
  }

  /** The same with the keys of the limiter's levels. */
  public TracedCall keys(List<String> keys) {
    return new TracedCall(at, tokens, used, takes, priority, tenant, keys, patience);
  }

  /** The same, waiting so long at most. */
  public TracedCall patience(Duration patience) {
    return new TracedCall(at, tokens, used, takes, priority, tenant, keys, Optional.of(patience));
  }

  /** What it turns out to have used, told apart as a permit does it. */
  TokenCount settled() {
    if (used.isEmpty()) {
      return tokens;
    }
    TokenCount count = used.get();
    if (count.split() || !tokens.split()) {
      return count;
    }
    long input = Math.min(tokens.input(), count.total());
    return TokenCount.of(input, count.total() - input);
  }

  /** What it asks of a limiter. */
  Demand demand() {
    Demand demand = tokens.split() ? Demand.tokens(tokens.input(), tokens.output()) : plain();
    demand = demand.priority(priority);
    if (tenant.isPresent()) {
      demand = demand.tenant(tenant.get());
    }
    if (!keys.isEmpty()) {
      demand = demand.at(keys.toArray(String[]::new));
    }
    return patience.isPresent() ? demand.within(patience.get()) : demand;
  }

  private Demand plain() {
    return tokens.total() == 0 ? Demand.request() : Demand.tokens(tokens.total());
  }
}
