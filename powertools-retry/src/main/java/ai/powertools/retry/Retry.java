package ai.powertools.retry;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call again when it fails and another attempt may help.
 *
 * <p>How a call that fails ends:
 *
 * <ul>
 *   <li>an error that the {@link Classifier} calls permanent, or knows nothing of, is thrown as it
 *       is, at once; an {@link AttemptHistory} of earlier attempts is suppressed in it;
 *   <li>with no attempts, no time or no {@link RetryBudget} left it ends in an {@link
 *       AttemptsExhaustedException}; a wait that would end beyond the deadline is not begun;
 *   <li>where one attempt is all that is allowed, its error passes through as it is;
 *   <li>an interrupt, before an attempt or during a wait, ends it in a {@link CancelledException}.
 * </ul>
 *
 * <p>Safe for use by many threads, as long as the random generator given to it is. One {@code
 * Retry} serves any number of calls. Nothing is done about retries within retries: they multiply.
 */
public final class Retry {
  private static final Retry DEFAULTS = builder().build();
  private static final Retry NONE = builder().maxAttempts(1).build();

  private final Policy policy;
  private final Executor executor;

  Retry(RetryBuilder builder) {
    this.policy = builder.policy();
    this.executor = builder.executor();
  }

  /** Three attempts, exponential waits from 200 ms with full jitter. */
  public static Retry ofDefaults() {
    return DEFAULTS;
  }

  /** One attempt. */
  public static Retry none() {
    return NONE;
  }

  /** The defaults, to be changed. */
  public static RetryBuilder builder() {
    return new RetryBuilder();
  }

  /**
   * Does the work, and again while it fails and may be retried, on this thread.
   *
   * @throws CallFailedException in place of a checked exception that ends the call
   * @throws AttemptsExhaustedException if the attempts are used up
   * @throws CancelledException if the thread is or was interrupted; its flag is set then
   */
  public <T extends @Nullable Object> T call(Callable<T> work) {
    return policy.isPlain()
            && Deadline.current().isNever()
            && !Thread.currentThread().isInterrupted()
        ? callPlain(work)
        : call(Deadline.never(), attempt -> work.call());
  }

  /** Makes what a call needs for further attempts only when the first has failed. */
  private <T extends @Nullable Object> T callPlain(Callable<T> work) {
    long start = beginPlain();
    try {
      return work.call();
    } catch (Throwable failure) {
      return new BlockingCall<>(begun(start), (AttemptCall<T>) attempt -> work.call(), true)
          .runAfter(failure);
    }
  }

  /**
   * The same, until a deadline. It decides whether another attempt is begun; one under way is not
   * cut short, but sees the deadline in its {@link Attempt} and in {@link Deadline#current()}. A
   * deadline that is current where the call is made counts too.
   *
   * @throws DeadlineExceededException if the deadline has passed already; nothing was tried
   * @throws CallFailedException in place of a checked exception that ends the call
   * @throws AttemptsExhaustedException if the attempts or the time are used up
   * @throws CancelledException if the thread is or was interrupted; its flag is set then
   */
  public <T extends @Nullable Object> T call(Deadline deadline, AttemptCall<T> work) {
    return new BlockingCall<>(begin(deadline, null), work, true).run();
  }

  /**
   * The same, telling of every attempt whether the call succeeds or not. Throws nothing that the
   * call fails with: it is in the result.
   */
  public <T extends @Nullable Object> CallResult<T> run(Deadline deadline, AttemptCall<T> work) {
    Attempts attempts;
    try {
      attempts = begin(deadline, null);
    } catch (DeadlineExceededException late) {
      return CallResult.notTried(late, null);
    }
    try {
      T value = new BlockingCall<>(attempts, work, true).run();
      return CallResult.answered(value, attempts);
    } catch (RuntimeException | Error error) {
      return CallResult.failed(attempts.failure(error));
    }
  }

  /** {@link #callAsync(Deadline, Function)} without a deadline. */
  public <T extends @Nullable Object> CompletableFuture<T> callAsync(
      Supplier<CompletableFuture<T>> work) {
    return callAsync(Deadline.never(), attempt -> work.get());
  }

  /**
   * Does work that returns a future, and again while that fails and may be retried. No thread waits
   * meanwhile.
   *
   * <p>The future fails with what {@link #call} would throw, except that checked exceptions are not
   * wrapped. Cancelling it, or completing it in any other way, ends the wait or cancels the attempt
   * under way.
   *
   * @param work must return its future soon: the first time it is called on this thread, later on
   *     the clock's one thread, unless the builder got an executor
   */
  public <T extends @Nullable Object> CompletableFuture<T> callAsync(
      Deadline deadline, Function<Attempt, CompletableFuture<T>> work) {
    try {
      return new AsyncCall<>(begin(deadline, null), executor, work, true).start();
    } catch (DeadlineExceededException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** For work that looks at its results itself. */
  <T extends @Nullable Object> CompletableFuture<T> async(
      Attempts attempts, Function<Attempt, CompletableFuture<T>> work) {
    return new AsyncCall<>(attempts, executor, work, false).start();
  }

  /**
   * A call that is to be made by the earliest of the deadlines: this one, the current one, and the
   * retry's own limit of time.
   */
  Attempts begin(Deadline deadline, @Nullable String idempotencyKey) {
    Deadline earliest = deadline.earlier(Deadline.current());
    earliest.check("the first attempt");
    if (policy.maxTime() != null) {
      earliest = earliest.earlier(Deadline.after(policy.maxTime(), policy.time()));
    }
    return new Attempts(policy, earliest, idempotencyKey, policy.time().nanos());
  }

  /** A call without a deadline begins its first attempt; when, on the retry's clock. */
  long beginPlain() {
    if (policy.budget() != null) {
      policy.budget().onCall();
    }
    return policy.time().nanos();
  }

  /** A call without a deadline whose first attempt began then. */
  Attempts begun(long start) {
    return new Attempts(policy, Deadline.never(), null, start);
  }

  Policy policy() {
    return policy;
  }

  Time time() {
    return policy.time();
  }

  /**
   * The waits that would follow if every attempt failed and nobody asked for longer ones.
   *
   * @param n how many at most; there is one less than there are attempts
   */
  public List<PlannedWait> preview(int n) {
    Waits waits = policy.schedules().forAll();
    List<PlannedWait> plan = new ArrayList<>();
    int last = Math.min(n, lastWait(waits.schedule()));
    for (int attempt = 1; attempt <= last; attempt++) {
      plan.add(next(waits, plan, attempt));
    }
    return List.copyOf(plan);
  }

  private static PlannedWait next(Waits waits, List<PlannedWait> plan, int attempt) {
    if (plan.isEmpty()) {
      return waits.first();
    }
    PlannedWait before = plan.get(plan.size() - 1);
    return waits.planned(attempt, before.least(), before.most());
  }

  private int lastWait(Schedule schedule) {
    return Math.min(policy.maxAttempts(), schedule.maxAttempts().orElse(Integer.MAX_VALUE)) - 1;
  }
}
