package ai.powertools.retry;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
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

  private Retry(Builder builder) {
    this.policy = builder.policy();
    this.executor = builder.executor;
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
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Does the work, and again while it fails and may be retried, on this thread.
   *
   * @throws CallFailedException in place of a checked exception that ends the call
   * @throws AttemptsExhaustedException if the attempts are used up
   * @throws CancelledException if the thread is or was interrupted; its flag is set then
   */
  public <T extends @Nullable Object> T call(Callable<T> work) {
    return call(Deadline.never(), attempt -> work.call());
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

  /** What a retry is made of; everything has a default. For one thread. */
  public static final class Builder {
    private static final int DEFAULT_ATTEMPTS = 3;
    private static final Duration DEFAULT_FIRST = Duration.ofMillis(200);
    private static final Duration DEFAULT_LONGEST = Duration.ofMinutes(5);

    private int maxAttempts = DEFAULT_ATTEMPTS;
    private @Nullable Duration maxTime;
    private Duration longestWait = DEFAULT_LONGEST;
    private Schedule schedule = Schedule.exponential(DEFAULT_FIRST, 2.0);
    private @Nullable Duration cap;
    private Jitter jitter = Jitter.full();
    private final List<KindOfError> kinds = new ArrayList<>();
    private Classifier classifier = Classifier.standard();
    private @Nullable ResultClassifier results;
    private boolean retryUnknown;
    private boolean returnLastResult;
    private @Nullable RetryBudget budget;
    private final List<RetryListener> listeners = new ArrayList<>();
    private Time time = Time.system();
    private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    private Executor executor = Runnable::run;

    private record KindOfError(BiPredicate<Throwable, Verdict> test, Schedule schedule) {}

    private Builder() {}

    /**
     * How many attempts at most, the first included; 3 by default.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder maxAttempts(int attempts) {
      Schedule.checkAttempts(attempts);
      this.maxAttempts = attempts;
      return this;
    }

    /**
     * How long a whole call may take, attempts and waits together: a deadline for each call, beside
     * the one it is given. Without end by default.
     *
     * @throws IllegalArgumentException if not more than zero
     */
    public Builder maxTime(Duration time) {
      Nanos.checkPositive("time of a call", time);
      this.maxTime = time;
      return this;
    }

    /**
     * The longest wait that the other side may ask for; a call that is asked for more fails at
     * once, with the time in its error. 5 minutes by default.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder longestWait(Duration wait) {
      Nanos.checkNotNegative("longest wait", wait);
      this.longestWait = wait;
      return this;
    }

    /** See {@link Backoff#exponential}; from 200 ms by the factor 2 by default. */
    public Builder exponential(Duration first, double factor) {
      return waits(Schedule.exponential(first, factor));
    }

    /** See {@link Backoff#fixed}. */
    public Builder fixed(Duration wait) {
      return waits(Schedule.fixed(wait));
    }

    /** See {@link Backoff#linear}. */
    public Builder linear(Duration first, Duration step) {
      return waits(Schedule.linear(first, step));
    }

    /** See {@link Backoff#fibonacci}. */
    public Builder fibonacci(Duration unit) {
      return waits(Schedule.fibonacci(unit));
    }

    /** See {@link Backoff#polynomial}. */
    public Builder polynomial(Duration first, double power) {
      return waits(Schedule.polynomial(first, power));
    }

    /** Any other rule for the waits; mind the {@link #cap}. */
    public Builder backoff(Backoff backoff) {
      return waits(Schedule.of(backoff));
    }

    private Builder waits(Schedule schedule) {
      this.schedule = schedule;
      return this;
    }

    /**
     * Other waits for errors of one kind. Schedules for some errors are looked at in the order they
     * were given; the first that fits counts. Each counts its own failures: the first error of a
     * kind is followed by the first wait of its schedule.
     */
    public Builder schedule(ErrorKind kind, Schedule schedule) {
      kinds.add(new KindOfError((error, verdict) -> verdict.kind() == kind, schedule));
      return this;
    }

    /** The same for errors with this type anywhere in their chain of causes. */
    public Builder schedule(Class<? extends Throwable> type, Schedule schedule) {
      kinds.add(
          new KindOfError((error, verdict) -> Causes.find(error, type).isPresent(), schedule));
      return this;
    }

    /** Between nothing and the computed wait: the default. */
    public Builder fullJitter() {
      return jitter(Jitter.full());
    }

    /** Between half the computed wait and all of it. */
    public Builder equalJitter() {
      return jitter(Jitter.equal());
    }

    /** Between the first wait and three times the wait before. */
    public Builder decorrelatedJitter() {
      return jitter(Jitter.decorrelated());
    }

    /** The computed wait itself. For one client, or for tests. */
    public Builder noJitter() {
      return jitter(Jitter.none());
    }

    /** Any other spreading of the waits. Schedules for some errors have their own. */
    public Builder jitter(Jitter jitter) {
      this.jitter = jitter;
      return this;
    }

    /**
     * The longest wait of our own computing; by default 30 s, or the first wait if that is longer
     * and known. What the other side asks for is not held to it: see {@link #longestWait}.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder cap(Duration cap) {
      Nanos.checkNotNegative("cap", cap);
      this.cap = cap;
      return this;
    }

    /** What is worth another attempt; {@link Classifier#standard()} by default. */
    public Builder retryOn(Classifier classifier) {
      this.classifier = classifier;
      return this;
    }

    /**
     * Retries errors that the classifier knows nothing of, too. They may be bugs, and what failed
     * may have been done: for work that can be repeated without harm.
     */
    public Builder retryUnknown() {
      this.retryUnknown = true;
      return this;
    }

    /**
     * Takes these results for transient failures, beside those named before. A call that ends with
     * one fails with {@link UnwantedResultException}, alone or as the cause.
     */
    public <R> Builder retryOnResult(Class<R> type, Predicate<? super R> unwanted) {
      return judgeResults(ResultClassifier.when(type, unwanted, Verdict.transientError()));
    }

    /** Judges results, after those named before. */
    public Builder judgeResults(ResultClassifier classifier) {
      this.results = results == null ? classifier : results.or(classifier);
      return this;
    }

    /** A call whose last attempt gave an unwanted result returns it instead of failing. */
    public Builder returnLastResult() {
      this.returnLastResult = true;
      return this;
    }

    /**
     * Keeps this retry's retries below a share of its calls: see {@link RetryBudget}, of which it
     * gets one of its own.
     *
     * @throws IllegalArgumentException as {@link RetryBudget#share}
     */
    public Builder budget(double share) {
      return budget(RetryBudget.share(share));
    }

    /** A budget that may be shared with others. */
    public Builder budget(RetryBudget budget) {
      this.budget = budget;
      return this;
    }

    /** Somebody to tell of every retry, beside those named before. */
    public Builder listener(RetryListener listener) {
      listeners.add(listener);
      return this;
    }

    /** The clock to wait on. */
    public Builder time(Time time) {
      this.time = time;
      return this;
    }

    /** Where jitter comes from. Must be safe for use by many threads if the retry is so used. */
    public Builder random(RandomGenerator random) {
      this.random = random;
      return this;
    }

    /**
     * Where attempts of {@code callAsync} after the first begin. By default on the clock's own
     * thread, which all timers of the process share: give an executor if the work blocks before it
     * returns its future.
     */
    public Builder executor(Executor executor) {
      this.executor = executor;
      return this;
    }

    private Policy policy() {
      Schedule forAll = schedule.jitter(jitter);
      Waits waits = new Waits(cap == null ? forAll : forAll.cap(cap), random);
      List<Schedules.Rule> rules =
          kinds.stream()
              .map(kind -> new Schedules.Rule(kind.test(), kind.schedule(), random))
              .toList();
      return new Policy(
          maxAttempts,
          maxTime,
          longestWait,
          new Schedules(waits, rules),
          classifier,
          results,
          retryUnknown,
          returnLastResult,
          budget,
          List.copyOf(listeners),
          time);
    }

    /** The retry. */
    public Retry build() {
      return new Retry(this);
    }
  }
}
