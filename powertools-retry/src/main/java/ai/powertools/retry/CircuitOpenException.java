package ai.powertools.retry;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker lets no call through: too many have failed of late, or it was told to. Not
 * retried by the handler whose breaker it is: a fallback is to answer.
 */
public final class CircuitOpenException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final @Nullable Duration retryAfter;
  private transient boolean seen;

  CircuitOpenException(String key, String state, @Nullable Duration retryAfter) {
    super(
        "The circuit breaker%s is %s: the call was not made. %s"
            .formatted(
                key.isEmpty() ? "" : " of " + key,
                state,
                retryAfter == null
                    ? "Have something else answer."
                    : "It lets calls through again in %s; until then have something else answer."
                        .formatted(Nanos.text(retryAfter))));
    this.key = key;
    this.retryAfter = retryAfter;
  }

  /** Whose breaker it is; empty if the call had no key. */
  public String key() {
    return key;
  }

  /** Whether it has left no call yet: then the breaker is that of the call which asks. */
  synchronized boolean isOfThisCall() {
    boolean first = !seen;
    seen = true;
    return first;
  }

  /** True: later it may let calls through. */
  @Override
  public boolean retryable() {
    return true;
  }

  /** How long until it tries whether calls succeed again; empty if that is not for time to say. */
  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
