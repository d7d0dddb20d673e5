package ai.powertools.router.local;

import ai.powertools.core.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks several servers at once, so that a slow one keeps none of the others. */
final class AtOnce {
  /** No question to a server takes a day. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private AtOnce() {}

  /**
   * The answers, in the order of the questions; empty where there was none in time.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile; nobody is asked any more
   */
  static <T> List<Optional<T>> ask(List<? extends Callable<T>> questions, Duration within)
      throws InterruptedException {
    long nanos = (within.compareTo(LONGEST) < 0 ? within : LONGEST).toNanos();
    ExecutorService threads = Threads.perTask("powertools-local");
    try {
      List<Optional<T>> answers = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(questions, nanos, TimeUnit.NANOSECONDS)) {
        answers.add(future.isCancelled() ? Optional.empty() : Optional.of(result(future)));
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T result(Future<T> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      // Questions take what servers do wrong for an answer: what comes here is a bug.
      throw new IllegalStateException("A question to a server failed", e.getCause());
    }
  }
}
