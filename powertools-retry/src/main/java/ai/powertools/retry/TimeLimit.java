package ai.powertools.retry;

import ai.powertools.core.Deadline;
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

  /** Interrupts this thread when the time is up; an answer that comes all the same counts. */
  @SuppressWarnings("try") // the scope is there to be closed
  <T extends @Nullable Object> T call(Attempt attempt, AttemptCall<T> work) throws Exception {
    Duration span = span(attempt);
    Alarm alarm = new Alarm(Thread.currentThread());
    Time.Timer timer = time.after(span, alarm::ring);
    Deadline end = Deadline.after(span, time);
    try (Deadline.Scope scope = end.makeCurrent()) {
      return work.call(attempt.until(end));
    } catch (Throwable error) {
      if (alarm.silence(error)) {
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
    CompletableFuture<T> inner = begin(attempt.until(Deadline.after(span, time)), work);
    CompletableFuture<T> outer = new CompletableFuture<>();
    Time.Timer timer =
        time.after(
            span,
            () ->
                outer.completeExceptionally(
                    new AttemptTimeoutException(attempt.number(), span, null)));
    Futures.link(inner, outer);
    var unused = outer.whenComplete((value, error) -> timer.cancel());
    return outer;
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private static <T extends @Nullable Object> CompletableFuture<T> begin(
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
    private boolean silent;
    private boolean interruptedBefore;

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
