package ai.powertools.retry;

import ai.powertools.core.Time;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One key's circuit breaker. Every {@link #admit} is followed by exactly one of the others, or the
 * breaker would wait for that call for ever when it is half open.
 */
final class Breaker {
  private final String key;
  private final CircuitBreaker circuit;
  private final Duration openFor;
  private final boolean countThrottled;
  private final List<Consumer<BreakerEvent>> listeners;
  private final Time time;
  private volatile CircuitBreaker.State told;
  private volatile long openedAt;

  Breaker(
      String key,
      CircuitBreaker circuit,
      Duration openFor,
      boolean countThrottled,
      List<Consumer<BreakerEvent>> listeners,
      Time time) {
    this.key = key;
    this.circuit = circuit;
    this.openFor = openFor;
    this.countThrottled = countThrottled;
    this.listeners = listeners;
    this.time = time;
    this.told = circuit.getState();
  }

  /**
   * Lets a call through.
   *
   * @throws CircuitOpenException if it does not
   */
  void admit() {
    boolean admitted = circuit.tryAcquirePermission();
    look();
    if (!admitted) {
      BreakerState state = state();
      throw new CircuitOpenException(key, describe(state), untilHalfOpen(state));
    }
  }

  /** The call has its answer. */
  void succeeded(long nanos) {
    circuit.onSuccess(nanos, TimeUnit.NANOSECONDS);
    look();
  }

  /** The call failed. */
  void failed(long nanos, Throwable error, Verdict verdict) {
    count(nanos, error, verdict);
    look();
  }

  private void count(long nanos, Throwable error, Verdict verdict) {
    switch (verdict.kind()) {
      case TRANSIENT, UNKNOWN -> circuit.onError(nanos, TimeUnit.NANOSECONDS, error);
      case THROTTLED -> {
        if (countThrottled) {
          circuit.onError(nanos, TimeUnit.NANOSECONDS, error);
        } else {
          circuit.releasePermission();
        }
      }
      case PERMANENT -> {
        if (error instanceof Error) {
          circuit.releasePermission();
        } else {
          circuit.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
      }
      case CANCELLED -> circuit.releasePermission();
    }
  }

  /** The call was not made after all. */
  void withdrawn() {
    circuit.releasePermission();
  }

  /** From any state: Resilience4j knows no way from measuring to open. */
  void open() {
    if (state() == BreakerState.METRICS_ONLY) {
      change(CircuitBreaker::transitionToClosedState);
    }
    change(CircuitBreaker::transitionToOpenState);
  }

  /** Changes its state by hand. */
  void change(Consumer<CircuitBreaker> transition) {
    transition.accept(circuit);
    look();
  }

  CircuitBreaker circuit() {
    return circuit;
  }

  BreakerState state() {
    return BreakerState.of(circuit.getState());
  }

  /**
   * Tells of a state that nobody was told of yet. Listening to Resilience4j's events would have it
   * make one for each call.
   */
  private void look() {
    if (circuit.getState() != told) {
      changed();
    }
  }

  private void changed() {
    CircuitBreaker.State from;
    CircuitBreaker.State to;
    synchronized (this) {
      from = told;
      to = circuit.getState();
      told = to;
      if (to == CircuitBreaker.State.OPEN) {
        openedAt = time.nanos();
      }
    }
    if (from != to) {
      tell(from, to);
    }
  }

  private void tell(CircuitBreaker.State from, CircuitBreaker.State to) {
    CircuitBreaker.Metrics metrics = circuit.getMetrics();
    BreakerEvent change =
        new BreakerEvent(
            key,
            BreakerState.of(from),
            BreakerState.of(to),
            share(metrics.getFailureRate()),
            share(metrics.getSlowCallRate()));
    for (Consumer<BreakerEvent> listener : listeners) {
      Listeners.tell(() -> listener.accept(change));
    }
  }

  private static double share(float percent) {
    return percent < 0 ? -1 : percent / 100.0;
  }

  private @Nullable Duration untilHalfOpen(BreakerState state) {
    if (state != BreakerState.OPEN) {
      return null;
    }
    Duration left = openFor.minus(time.since(openedAt));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static String describe(BreakerState state) {
    return switch (state) {
      case FORCED_OPEN -> "forced open";
      case HALF_OPEN -> "half open, and those who try it out are under way";
      default -> "open";
    };
  }
}
