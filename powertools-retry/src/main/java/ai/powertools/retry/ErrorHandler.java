package ai.powertools.retry;

import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.Time;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that stands between a call and its failure, in the one order that works.
 *
 * <pre>{@code
 * ErrorHandler handler =
 *     ErrorHandler.builder()
 *         .retry(retry)
 *         .circuitBreakers(CircuitBreakers.ofDefaults())
 *         .bulkhead(8)
 *         .timeout(Duration.ofSeconds(30))
 *         .build();
 * String answer =
 *     handler.fallback(RateLimitException.class, e -> cached(prompt)).fallback(e -> "…")
 *         .call(() -> llm.generate(prompt));
 * }</pre>
 *
 * <p>From the outside to the inside:
 *
 * <ol>
 *   <li>fallbacks answer when all else has failed;
 *   <li>the {@link Retry} makes attempts, and each goes through what follows anew;
 *   <li>the {@link Hedge} begins another call beside an attempt that takes long;
 *   <li>the {@link CircuitBreakers} turn attempts away while too many fail: it is no use, and no
 *       place of the bulkhead is taken for it;
 *   <li>the timeout cuts an attempt short, which the breaker hears of;
 *   <li>the bulkhead keeps the number of attempts at once below a limit; a place is taken until the
 *       work has ended, not until somebody has lost patience with it.
 * </ol>
 *
 * <p>Safe for use by many threads; one handler serves any number of calls.
 */
public final class ErrorHandler {
  private final Retry retry;
  private final Guard guard;
  private final @Nullable Hedging hedging;
  private final Reporting reporting;
  private final boolean plain;

  private ErrorHandler(Builder builder) {
    Time time = builder.retry.time();
    this.retry = builder.retry;
    this.guard =
        new Guard(
            builder.breakers,
            builder.timeout == null ? null : new TimeLimit(builder.timeout, time),
            builder.bulkhead(),
            retry.policy());
    this.hedging = builder.hedge == null ? null : new Hedging(builder.hedge, time);
    this.plain = hedging == null && builder.timeout == null && retry.policy().isPlain();
    this.reporting = new Reporting(List.copyOf(builder.listeners), builder.deadLetters);
  }

  /** A retry with its defaults, and nothing else. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@link #call(CallOptions, AttemptCall)} without options. */
  public <T extends @Nullable Object> T call(Callable<T> work) {
    return plain && Deadline.current().isNever() && !Thread.currentThread().isInterrupted()
        ? callPlain(work)
        : call(CallOptions.none(), attempt -> work.call());
  }

  /** Makes what a call needs for further attempts only when the first has failed. */
  private <T extends @Nullable Object> T callPlain(Callable<T> work) {
    long start = retry.beginPlain();
    try {
      return guard.call(CallOptions.none().key(), start, work);
    } catch (Throwable failure) {
      return goOn(start, failure, work);
    }
  }

  private <T extends @Nullable Object> T goOn(long start, Throwable failure, Callable<T> work) {
    Attempts attempts = retry.begun(start);
    BlockingCall<T> call = blocking(CallOptions.none(), attempts, attempt -> work.call());
    return settled(CallOptions.none(), attempts, () -> call.runAfter(failure));
  }

  /**
   * Does the work on this thread (with a hedge, on others while this one waits).
   *
   * @throws CircuitOpenException if the breaker lets no call through
   * @throws BulkheadFullException if no place was free, and one attempt was all that is allowed
   * @throws AttemptTimeoutException if the timeout cut the one attempt short that is allowed
   * @throws RuntimeException as {@link Retry#call(Deadline, AttemptCall)}
   */
  public <T extends @Nullable Object> T call(CallOptions options, AttemptCall<T> work) {
    Attempts attempts;
    try {
      attempts = begin(options);
    } catch (DeadlineExceededException late) {
      reporting.failed(options, Failure.notTried(late, options.givenIdempotencyKey()));
      throw late;
    }
    return settled(options, attempts, blocking(options, attempts, work)::run);
  }

  private <T extends @Nullable Object> T settled(
      CallOptions options, Attempts attempts, Supplier<T> call) {
    T answer;
    try {
      answer = call.get();
    } catch (Throwable error) {
      if (reporting.isHeard()) {
        reporting.failed(options, attempts.failure(error));
      }
      throw error;
    }
    reporting.answered(options, attempts);
    return answer;
  }

  /**
   * The same, telling of every attempt whether the call succeeds or not. Throws nothing that the
   * call fails with: it is in the result.
   */
  public <T extends @Nullable Object> CallResult<T> run(CallOptions options, AttemptCall<T> work) {
    CallResult<T> result = runUnsettled(options, work);
    if (!result.answered()) {
      result.failure().ifPresent(failure -> reporting.failed(options, failure));
    }
    return result;
  }

  /** {@link #callAsync(CallOptions, Function)} without options. */
  public <T extends @Nullable Object> CompletableFuture<T> callAsync(
      Supplier<CompletableFuture<T>> work) {
    return callAsync(CallOptions.none(), attempt -> work.get());
  }

  /**
   * Does work that returns a future; no thread waits meanwhile. The future fails with what {@link
   * #call} would throw, checked exceptions unwrapped. Cancelling it reaches the attempt in flight.
   */
  public <T extends @Nullable Object> CompletableFuture<T> callAsync(
      CallOptions options, Function<Attempt, CompletableFuture<T>> work) {
    return runAsync(options, work, failure -> reporting.failed(options, failure));
  }

  /**
   * This handler with a fallback for errors of this type, anywhere in the chain of causes.
   *
   * @param <T> what the calls answer
   */
  public <T extends @Nullable Object, X extends Throwable> FallbackHandler<T> fallback(
      Class<X> type, FallbackFunction<? super X, ? extends T> answer) {
    return new FallbackHandler<T>(this, List.of()).fallback(type, answer);
  }

  /** This handler with a fallback for errors of a kind. */
  public <T extends @Nullable Object> FallbackHandler<T> fallback(
      ErrorKind kind, FallbackFunction<? super Failure, ? extends T> answer) {
    return new FallbackHandler<T>(this, List.of()).fallback(kind, answer);
  }

  /** This handler with a fallback for all errors. */
  public <T extends @Nullable Object> FallbackHandler<T> fallback(
      FallbackFunction<? super Failure, ? extends T> answer) {
    return new FallbackHandler<T>(this, List.of()).fallback(answer);
  }

  /** This handler, with what the work kept of an answer as a fallback. */
  public <T> FallbackHandler<T> fallbackToPartial(Class<T> type) {
    return new FallbackHandler<T>(this, List.of()).fallbackToPartial(type);
  }

  /** Like {@link #run}, but a failure is not settled: a fallback may follow. */
  <T extends @Nullable Object> CallResult<T> runUnsettled(
      CallOptions options, AttemptCall<T> work) {
    Attempts attempts;
    try {
      attempts = begin(options);
    } catch (DeadlineExceededException late) {
      return CallResult.notTried(late, options.givenIdempotencyKey());
    }
    T answer;
    try {
      answer = blocking(options, attempts, work).run();
    } catch (RuntimeException | Error error) {
      return CallResult.failed(attempts.failure(error));
    }
    reporting.answered(options, attempts);
    return CallResult.answered(answer, attempts);
  }

  /** Tells {@code unsettled} of a failure before the future fails. */
  <T extends @Nullable Object> CompletableFuture<T> runAsync(
      CallOptions options,
      Function<Attempt, CompletableFuture<T>> work,
      Consumer<Failure> unsettled) {
    Attempts attempts;
    try {
      attempts = begin(options);
    } catch (DeadlineExceededException late) {
      unsettled.accept(Failure.notTried(late, options.givenIdempotencyKey()));
      return CompletableFuture.failedFuture(late);
    }
    CompletableFuture<T> inner = retry.async(attempts, attempt -> attempt(options, attempt, work));
    CompletableFuture<T> outer = new CompletableFuture<>();
    var unused =
        inner.whenComplete(
            (value, error) -> {
              // Whoever waits is told in any case, also if a listener throws an Error.
              if (error == null) {
                try {
                  reporting.answered(options, attempts);
                } finally {
                  outer.complete(value);
                }
              } else {
                Throwable end = Causes.unwrap(error);
                try {
                  unsettled.accept(attempts.failure(end));
                } finally {
                  outer.completeExceptionally(end);
                }
              }
            });
    Futures.cancelWith(outer, inner);
    return outer;
  }

  private Attempts begin(CallOptions options) {
    return retry.begin(options.deadline(), options.givenIdempotencyKey());
  }

  Reporting reporting() {
    return reporting;
  }

  /** A call whose results are looked at inside the guards. */
  private <T extends @Nullable Object> BlockingCall<T> blocking(
      CallOptions options, Attempts attempts, AttemptCall<T> work) {
    return new BlockingCall<>(attempts, guarded(options.key(), work), false);
  }

  private <T extends @Nullable Object> AttemptCall<T> guarded(String key, AttemptCall<T> work) {
    return hedging == null
        ? attempt -> guard.call(key, attempt, work)
        : attempt -> hedging.call(attempt, one -> guard.call(key, one, work));
  }

  private <T extends @Nullable Object> CompletableFuture<T> attempt(
      CallOptions options, Attempt attempt, Function<Attempt, CompletableFuture<T>> work) {
    String key = options.key();
    return hedging == null
        ? guard.callAsync(key, attempt, work)
        : hedging.callAsync(attempt, one -> guard.callAsync(key, one, work));
  }

  /** What a handler is made of. For one thread. */
  public static final class Builder {
    private Retry retry = Retry.ofDefaults();
    private @Nullable CircuitBreakers breakers;
    private @Nullable Duration timeout;
    private int places;
    private @Nullable Hedge hedge;
    private final List<FailureListener> listeners = new ArrayList<>();
    private @Nullable DeadLetterBox deadLetters;

    private Builder() {}

    /** Who makes the attempts, and whose clock counts; {@link Retry#ofDefaults()} by default. */
    public Builder retry(Retry retry) {
      this.retry = retry;
      return this;
    }

    /** Circuit breakers, which may be shared with other handlers; none by default. */
    public Builder circuitBreakers(CircuitBreakers breakers) {
      this.breakers = breakers;
      return this;
    }

    /**
     * How many attempts may be under way at once; any number by default. A full bulkhead is a
     * transient error: the retry waits for a place without holding a thread.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder bulkhead(int places) {
      if (places < 1) {
        throw new IllegalArgumentException("A bulkhead needs at least 1 place, not " + places);
      }
      this.places = places;
      return this;
    }

    /**
     * How long each attempt may take. A call that blocks is interrupted: the work must heed that,
     * or take its time from {@link Attempt#deadline()}; an interrupt from outside that comes after
     * the timeout's own, and before the work has ended, is taken for the timeout's.
     *
     * @throws IllegalArgumentException if not above zero
     */
    public Builder timeout(Duration limit) {
      Nanos.checkPositive("timeout", limit);
      this.timeout = limit;
      return this;
    }

    /** Begins another call beside an attempt that takes long; never by default. */
    public Builder hedge(Hedge hedge) {
      this.hedge = hedge;
      return this;
    }

    /** Somebody to tell of calls with failed attempts, beside those named before. */
    public Builder listener(FailureListener listener) {
      listeners.add(listener);
      return this;
    }

    /** Where calls go that failed for good and have an {@link CallOptions#input}. */
    public Builder deadLetters(DeadLetterBox box) {
      this.deadLetters = box;
      return this;
    }

    private @Nullable Bulkhead bulkhead() {
      return places == 0
          ? null
          : Bulkhead.of(
              "powertools",
              BulkheadConfig.custom()
                  .maxConcurrentCalls(places)
                  .maxWaitDuration(Duration.ZERO)
                  .build());
    }

    /** The handler. */
    public ErrorHandler build() {
      return new ErrorHandler(this);
    }
  }
}
