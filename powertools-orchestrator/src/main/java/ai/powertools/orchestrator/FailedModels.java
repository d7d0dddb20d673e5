package ai.powertools.orchestrator;

import ai.powertools.retry.AttemptFailure;
import ai.powertools.retry.CallResult;
import ai.powertools.retry.CircuitOpenException;
import ai.powertools.retry.FailedCall;
import ai.powertools.retry.Failure;
import ai.powertools.retry.Outcome;
import ai.powertools.retry.Verdict;
import ai.powertools.router.CandidateRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models that failed while one question was asked, at first or for good, on their way from the
 * layers of the call to the facade, which does not see the call when it fails. Safe for many
 * threads.
 */
final class FailedModels {
  private static final ThreadLocal<@Nullable FailedModels> CURRENT = new ThreadLocal<>();

  private final List<Tried> tried = new ArrayList<>();

  /** A model that had failed attempts. */
  private record Tried(String model, Failure failure, boolean recovered) {}

  private FailedModels() {}

  /** From now on the thread asks a question, until the scope is closed by the same thread. */
  static Scope begin() {
    Scope scope = new Scope(new FailedModels(), CURRENT.get());
    CURRENT.set(scope.models());
    return scope;
  }

  /** Those of the question that this thread asks. */
  static FailedModels current() {
    FailedModels current = CURRENT.get();
    return current == null ? new FailedModels() : current;
  }

  /** Takes note of how a model did; one that was not asked has not failed. */
  synchronized void add(String model, CallResult<?> result) {
    Optional<Failure> failure = result.failure();
    if (failure.isPresent()) {
      if (!wasRefused(failure.get().error()) && !Cancellation.is(failure.get().error())) {
        tried.add(new Tried(model, failure.get(), false));
      }
    } else if (!result.failures().isEmpty()) {
      tried.add(new Tried(model, lastOf(result), true));
    }
  }

  private static boolean wasRefused(Throwable error) {
    return error instanceof CandidateRefusedException || error instanceof CircuitOpenException;
  }

  private static Failure lastOf(CallResult<?> result) {
    AttemptFailure last = result.failures().get(result.failures().size() - 1);
    return new Failure(
        last.error(),
        new Verdict(last.kind(), Optional.empty(), ""),
        result.failures(),
        result.elapsed(),
        Optional.empty(),
        "");
  }

  /** What to tell of them, now that the question has its answer, or has none. */
  synchronized List<FailedCall> calls(boolean answered) {
    return tried.stream()
        .map(
            one ->
                new FailedCall(
                    one.model(),
                    one.failure(),
                    one.recovered()
                        ? Outcome.RECOVERED
                        : answered ? Outcome.DEGRADED : Outcome.FAILED))
        .toList();
  }

  /** The one that failed last; empty if none was asked. */
  synchronized String last() {
    return tried.isEmpty() ? "" : tried.get(tried.size() - 1).model();
  }

  /** The failed attempts at all of them, numbered anew. */
  synchronized List<AttemptFailure> attempts() {
    List<AttemptFailure> all = new ArrayList<>();
    for (Tried one : tried) {
      for (AttemptFailure attempt : one.failure().attempts()) {
        all.add(
            new AttemptFailure(
                all.size() + 1,
                attempt.duration(),
                attempt.waited(),
                attempt.error(),
                attempt.kind()));
      }
    }
    return all;
  }

  /** How a question failed that no model answered. */
  Failure failure(RuntimeException error, Duration elapsed, String idempotencyKey) {
    return new Failure(
        error, RetryLayer.verdict(error), attempts(), elapsed, Optional.empty(), idempotencyKey);
  }

  /**
   * What a thread asks.
   *
   * @param models of the question
   * @param before of the question around it
   */
  record Scope(FailedModels models, @Nullable FailedModels before) implements AutoCloseable {
    @Override
    public void close() {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }
}
