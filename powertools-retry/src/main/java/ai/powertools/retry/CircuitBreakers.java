package ai.powertools.retry;

import ai.powertools.core.Time;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A circuit breaker for each key (a provider, a model): Resilience4j's, on our clock, told of what
 * happens by the classifier's verdicts.
 *
 * <pre>{@code
 * CircuitBreakers breakers =
 *     CircuitBreakers.builder()
 *         .failureRate(0.5)
 *         .slowCalls(Duration.ofSeconds(20), 0.8)
 *         .openFor(Duration.ofSeconds(30))
 *         .build();
 * }</pre>
 *
 * <p>What counts: transient and unknown errors are failures. An answer that says no for good, such
 * as a wrong key, is a sign of life and counts as a success. Being throttled counts as neither,
 * unless {@link Builder#countThrottled()} says so; nor do cancelled calls and those that found the
 * bulkhead full.
 *
 * <p>Safe for use by many threads. One of these serves all handlers that call the same others.
 */
public final class CircuitBreakers {
  private final CircuitBreakerConfig config;
  private final Duration openFor;
  private final boolean countThrottled;
  private final int maxKeys;
  private final List<Consumer<BreakerEvent>> listeners;
  private final Time time;
  private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();

  private CircuitBreakers(Builder builder) {
    this.config = builder.config();
    this.openFor = builder.openFor;
    this.countThrottled = builder.countThrottled;
    this.maxKeys = builder.maxKeys;
    this.listeners = List.copyOf(builder.listeners);
    this.time = builder.time;
  }

  /** Open for 30 s when half of the last 50 calls, at least 10, have failed. */
  public static CircuitBreakers ofDefaults() {
    return builder().build();
  }

  /** The defaults, to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /** How the breaker of a key stands; closed if no call was made yet. */
  public BreakerState state(String key) {
    Breaker breaker = breakers.get(breakers.containsKey(key) ? key : nameOfNew(key));
    return breaker == null ? BreakerState.CLOSED : breaker.state();
  }

  /** How all breakers stand, by key. */
  public Map<String, BreakerState> states() {
    Map<String, BreakerState> states = new TreeMap<>();
    breakers.forEach((key, breaker) -> states.put(key, breaker.state()));
    return states;
  }

  /** Lets no call through until the breaker is {@link #reset}. */
  public void forceOpen(String key) {
    of(key).change(CircuitBreaker::transitionToForcedOpenState);
  }

  /** Opens it as if too many calls had failed. */
  public void open(String key) {
    of(key).open();
  }

  /** Lets all calls through, uncounted, until the breaker is {@link #reset}. */
  public void disable(String key) {
    of(key).change(CircuitBreaker::transitionToDisabledState);
  }

  /** Lets all calls through and counts them, but never opens, until the breaker is reset. */
  public void onlyMeasure(String key) {
    of(key).change(CircuitBreaker::transitionToMetricsOnlyState);
  }

  /** Closes the breaker and forgets what was counted. */
  public void reset(String key) {
    of(key).change(CircuitBreaker::reset);
  }

  /** Resilience4j's breaker itself, for its metrics and events. */
  public CircuitBreaker resilience4j(String key) {
    return of(key).circuit();
  }

  /** The breaker of a key; when there are too many, new keys share one. */
  Breaker of(String key) {
    Breaker known = breakers.get(key);
    if (known != null) {
      return known;
    }
    return breakers.computeIfAbsent(nameOfNew(key), this::make);
  }

  private String nameOfNew(String key) {
    return breakers.size() >= maxKeys ? Builder.OTHERS : key;
  }

  private Breaker make(String key) {
    CircuitBreaker circuit = CircuitBreaker.of(key.isEmpty() ? "default" : key, config);
    return new Breaker(key, circuit, openFor, countThrottled, listeners, time);
  }

  /** For one thread. */
  public static final class Builder {
    static final String OTHERS = "(others)";

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private double failureRate = 0.5;
    private double slowRate = 1;
    private Duration slow = Duration.ofDays(1);
    private int windowCalls = 50;
    private int windowSeconds;
    private int minimumCalls = 10;
    private Duration openFor = Duration.ofSeconds(30);
    private int halfOpenCalls = 3;
    private boolean countThrottled;
    private int maxKeys = 1000;
    private final List<Consumer<BreakerEvent>> listeners = new ArrayList<>();
    private Time time = Time.system();

    private Builder() {}

    /**
     * The share of failed calls that opens the breaker; 0.5 by default.
     *
     * @throws IllegalArgumentException if not above 0 and at most 1
     */
    public Builder failureRate(double share) {
      this.failureRate = share("failure rate", share);
      return this;
    }

    /**
     * Calls that take longer than this count as slow, and this share of them opens the breaker; no
     * call is slow by default.
     *
     * @throws IllegalArgumentException if the time is not above zero, or the share not above 0 and
     *     at most 1
     */
    public Builder slowCalls(Duration longerThan, double share) {
      Nanos.checkPositive("time of a slow call", longerThan);
      this.slow = longerThan;
      this.slowRate = share("rate of slow calls", share);
      return this;
    }

    /**
     * Counts the last so many calls; 50 by default.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder window(int calls) {
      this.windowCalls = atLeastOne("window", calls);
      this.windowSeconds = 0;
      return this;
    }

    /**
     * Counts the calls of this time past, in whole seconds, instead.
     *
     * @throws IllegalArgumentException if less than a second
     */
    public Builder window(Duration time) {
      this.windowSeconds = atLeastOne("window in seconds", Math.toIntExact(time.toSeconds()));
      return this;
    }

    /**
     * How many calls must have been counted before the breaker can open; 10 by default.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder minimumCalls(int calls) {
      this.minimumCalls = atLeastOne("minimum of calls", calls);
      return this;
    }

    /**
     * How long it stays open; 30 s by default.
     *
     * @throws IllegalArgumentException if less than a millisecond
     */
    public Builder openFor(Duration time) {
      if (time.compareTo(SHORTEST) < 0) {
        throw new IllegalArgumentException(
            "The time to stay open must be at least a millisecond: " + time);
      }
      this.openFor = time;
      return this;
    }

    /**
     * How many calls go through after that, to see whether they succeed; 3 by default.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder halfOpenCalls(int calls) {
      this.halfOpenCalls = atLeastOne("number of calls when half open", calls);
      return this;
    }

    /** Counts being throttled as a failure. */
    public Builder countThrottled() {
      this.countThrottled = true;
      return this;
    }

    /**
     * For how many keys there are breakers; further keys share one. 1,000 by default.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder maxKeys(int keys) {
      this.maxKeys = atLeastOne("number of keys", keys);
      return this;
    }

    /**
     * Somebody to tell when a breaker changes its state, on the thread whose call changed it. What
     * it throws goes to the uncaught exception handler of that thread.
     */
    public Builder listener(Consumer<BreakerEvent> listener) {
      listeners.add(listener);
      return this;
    }

    /** The clock that says how long calls take and when it is time to try again. */
    public Builder time(Time time) {
      this.time = time;
      return this;
    }

    /** The breakers. */
    public CircuitBreakers build() {
      return new CircuitBreakers(this);
    }

    private CircuitBreakerConfig config() {
      boolean byTime = windowSeconds > 0;
      int size = byTime ? windowSeconds : windowCalls;
      int minimum = byTime ? minimumCalls : Math.min(minimumCalls, windowCalls);
      return CircuitBreakerConfig.custom()
          .failureRateThreshold(percent(failureRate))
          .slowCallRateThreshold(percent(slowRate))
          .slowCallDurationThreshold(slow)
          .slidingWindow(
              size, minimum, byTime ? SlidingWindowType.TIME_BASED : SlidingWindowType.COUNT_BASED)
          .waitDurationInOpenState(whole(openFor))
          .permittedNumberOfCallsInHalfOpenState(halfOpenCalls)
          .clock(new WallClock(time))
          .currentTimestampFunction(clock -> time.nanos(), TimeUnit.NANOSECONDS)
          .build();
    }

    /** Resilience4j waits until the time is past; calls go through when it is over. */
    private static Duration whole(Duration openFor) {
      Duration shorter = openFor.minusNanos(1);
      return shorter.compareTo(SHORTEST) < 0 ? openFor : shorter;
    }

    private static float percent(double share) {
      return (float) (share * 100);
    }

    private static double share(String what, double share) {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "The " + what + " must be a share above 0 and at most 1, not " + share);
      }
      return share;
    }

    private static int atLeastOne(String what, int number) {
      if (number < 1) {
        throw new IllegalArgumentException("The " + what + " must be at least 1, not " + number);
      }
      return number;
    }
  }
}
