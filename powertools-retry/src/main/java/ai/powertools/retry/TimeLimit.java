package ai.powertools.retry;

import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an attempt short. Resilience4j's limiter is not used, as it waits on timers of its own and
 * needs a second thread for a call that blocks.
 */
record TimeLimit(Duration limit, Time time) {

  /**
   * Interrupts this thread when the time is up; an answer that comes all the same counts, and so
   * does an {@link Error}.
   */
  <T extends @Nullable Object> T call(Attempt attempt, AttemptCall<T> work) throws Exception {
    Duration span = span(attempt);
    Attempt limited = attempt.until(Deadline.after(span, time));
    Alarm alarm = new Alarm(Thread.currentThread());
    Time.Timer timer = time.after(span, alarm::ring);
    try {
      return begin(limited, work);
    } catch (Exception error) {
      if (alarm.silence(error) || isLate(limited, error)) {
        throw new AttemptTimeoutException(attempt.number(), span, error);
      }
      throw error;
    } finally {
      alarm.silence(null);
      timer.cancel();
    }
  }

  /** Gives up on the future when the time is up, and cancels it. */
  <T extends @Nullable Object> CompletableFuture<T> callAsync(
      Attempt attempt, Function<Attempt, CompletableFuture<T>> work) {
    Duration span = span(attempt);
    Attempt limited = attempt.until(Deadline.after(span, time));
    CompletableFuture<T> inner = beginAsync(limited, work);
    CompletableFuture<T> outer = new CompletableFuture<>();
    Time.Timer timer =
        time.after(
            span,
            () ->
                outer.completeExceptionally(
                    new AttemptTimeoutException(attempt.number(), span, null)));
    var unusedLink =
        inner.whenComplete(
            (value, thrown) -> {
              if (thrown == null) {
                outer.complete(value);
              } else {
                Throwable error = Causes.unwrap(thrown);
                outer.completeExceptionally(
                    isLate(limited, error)
                        ? new AttemptTimeoutException(attempt.number(), span, error)
                        : error);
              }
            });
    Futures.cancelWith(outer, inner);
    var unused = outer.whenComplete((value, error) -> timer.cancel());
    return outer;
  }

  /** Work that minds its deadline may end by it a moment before the timer gets around to it. */
  private static boolean isLate(Attempt limited, Throwable error) {
    return error instanceof DeadlineExceededException && limited.deadline().expired();
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private static <T extends @Nullable Object> T begin(Attempt attempt, AttemptCall<T> work)
      throws Exception {
    try (Deadline.Scope scope = attempt.deadline().makeCurrent()) {
      return work.call(attempt);
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private static <T extends @Nullable Object> CompletableFuture<T> beginAsync(
      Attempt attempt, Function<Attempt, CompletableFuture<T>> work) {
    try (Deadline.Scope scope = attempt.deadline().makeCurrent()) {
      return work.apply(attempt);
    }
  }

  private Duration span(Attempt attempt) {
    Duration left = attempt.deadline().remaining();
    return left.compareTo(limit) < 0 ? left : limit;
  }

  /** Interrupts a thread unless it was silenced before. */
  private static final class Alarm {
    private final Thread thread;
    private boolean rang;
    private boolean interruptedBefore;
    private boolean silent;

    private Alarm(Thread thread) {
      this.thread = thread;
    }

    /** Under the lock, so that no interrupt reaches the thread after it silenced the alarm. */
    private synchronized void ring() {
      if (!silent) {
        rang = true;
        interruptedBefore = thread.isInterrupted();
        thread.interrupt();
      }
    }

    /**
     * Whether the work was cut short by it. Takes back its own interrupt, which is nobody else's
     * business; one from outside stays: a flag that was up when it rang, or the second of two.
     *
     * @param error what the work threw, if it did
     */
    private synchronized boolean silence(@Nullable Throwable error) {
      if (!silent && rang) {
        boolean pending = Thread.interrupted();
        if (interruptedBefore || (pending && error instanceof InterruptedException)) {
          Thread.currentThread().interrupt();
        }
      }
      silent = true;
      return rang;
    }
  }
}
