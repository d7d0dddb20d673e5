package ai.powertools.retry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An {@link ErrorHandler} with answers for when all else has failed. They are asked in the order in
 * which they were added; the first that fits and does not fail itself answers. If all fail, the
 * call fails with its own error, and theirs are suppressed in it. An {@link Error} of a fallback is
 * thrown.
 *
 * <p>No fallback answers a call that was cancelled, and only one for its type an {@link Error}.
 * Immutable and safe for use by many threads, as far as the fallbacks are; cheap enough to be made
 * for a single call.
 *
 * @param <T> what the calls answer
 */
public final class FallbackHandler<T extends @Nullable Object> {
  private final ErrorHandler handler;
  private final List<Fallback<T>> fallbacks;

  FallbackHandler(ErrorHandler handler, List<Fallback<T>> fallbacks) {
    this.handler = handler;
    this.fallbacks = fallbacks;
  }

  /** With a further answer, to errors of this type anywhere in the chain of causes. */
  public <X extends Throwable> FallbackHandler<T> fallback(
      Class<X> type, FallbackFunction<? super X, ? extends T> answer) {
    return with(
        failure -> Causes.find(failure.error(), type).map(error -> () -> answer.apply(error)));
  }

  /** With a further answer, to errors of a kind. */
  public FallbackHandler<T> fallback(
      ErrorKind kind, FallbackFunction<? super Failure, ? extends T> answer) {
    return when(failure -> failure.verdict().kind() == kind, answer);
  }

  /** With a further answer, to all errors. */
  public FallbackHandler<T> fallback(FallbackFunction<? super Failure, ? extends T> answer) {
    return when(failure -> true, answer);
  }

  /**
   * With a further answer: what the work kept with {@link Attempt#keepPartial}, if it is of this
   * type.
   */
  public FallbackHandler<T> fallbackToPartial(Class<? extends T> type) {
    return with(
        failure ->
            failure.error() instanceof Error
                ? Optional.empty()
                : failure.partial().filter(type::isInstance).map(kept -> () -> type.cast(kept)));
  }

  /** {@link #call(CallOptions, AttemptCall)} without options. */
  public T call(Callable<? extends T> work) {
    return call(CallOptions.none(), attempt -> work.call());
  }

  /**
   * Does the work, or has a fallback answer.
   *
   * @throws RuntimeException as {@link ErrorHandler#call(CallOptions, AttemptCall)}
   */
  public T call(CallOptions options, AttemptCall<T> work) {
    return run(options, work).value();
  }

  /** The same, telling of every attempt, and of why a fallback answered. */
  public CallResult<T> run(CallOptions options, AttemptCall<T> work) {
    CallResult<T> result = handler.runUnsettled(options, work);
    Optional<Failure> failure = result.failure();
    return failure.isEmpty() ? result : answerFor(options, result, failure.get());
  }

  private CallResult<T> answerFor(CallOptions options, CallResult<T> failed, Failure failure) {
    for (Fallback<T> fallback : fallbacks) {
      Optional<Callable<T>> answer = fallback.answerTo(failure);
      if (answer.isPresent()) {
        try {
          T value = answer.get().call();
          handler.reporting().degraded(options, failure);
          return CallResult.degraded(value, failure);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          suppress(failure, e);
          break;
        } catch (Exception e) {
          suppress(failure, e);
        } catch (Error fatal) {
          handler.reporting().failed(options, failure);
          throw fatal;
        }
      }
    }
    handler.reporting().failed(options, failure);
    return failed;
  }

  private static void suppress(Failure failure, Throwable error) {
    if (error != failure.error()) {
      failure.error().addSuppressed(error);
    }
  }

  /** {@link #callAsync(CallOptions, Function)} without options. */
  public CompletableFuture<T> callAsync(Supplier<CompletableFuture<T>> work) {
    return callAsync(CallOptions.none(), attempt -> work.get());
  }

  /**
   * Does work that returns a future, or has a fallback answer, on the thread that ended the last
   * attempt or its wait: fallbacks should be quick here.
   */
  public CompletableFuture<T> callAsync(
      CallOptions options, Function<Attempt, CompletableFuture<T>> work) {
    List<Failure> failures = new ArrayList<>(1);
    CompletableFuture<T> inner = handler.runAsync(options, work, failures::add);
    CompletableFuture<T> outer = new CompletableFuture<>();
    var unused =
        inner.whenComplete(
            (value, error) -> {
              if (error == null) {
                outer.complete(value);
              } else if (!outer.isDone()) {
                answerLate(options, failures.get(0), outer);
              }
            });
    Futures.cancelWith(outer, inner);
    return outer;
  }

  private void answerLate(CallOptions options, Failure failure, CompletableFuture<T> outer) {
    CallResult<T> result;
    try {
      result = answerFor(options, CallResult.failed(failure), failure);
    } catch (Error fatal) {
      outer.completeExceptionally(fatal);
      return;
    }
    if (result.answered()) {
      outer.complete(result.value());
    } else {
      outer.completeExceptionally(failure.error());
    }
  }

  private FallbackHandler<T> when(
      Predicate<Failure> test, FallbackFunction<? super Failure, ? extends T> answer) {
    return with(
        failure ->
            test.test(failure) && !(failure.error() instanceof Error)
                ? Optional.of(() -> answer.apply(failure))
                : Optional.empty());
  }

  private FallbackHandler<T> with(Fallback<T> fallback) {
    List<Fallback<T>> more = new ArrayList<>(fallbacks);
    more.add(failure -> failure.isCancelled() ? Optional.empty() : fallback.answerTo(failure));
    return new FallbackHandler<>(handler, List.copyOf(more));
  }

  /** One of the answers. */
  @FunctionalInterface
  interface Fallback<T extends @Nullable Object> {
    /** How to answer this failure; empty if that is not for this one to do. */
    Optional<Callable<T>> answerTo(Failure failure);
  }
}
