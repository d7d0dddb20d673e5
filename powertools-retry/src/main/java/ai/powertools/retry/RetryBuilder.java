package ai.powertools.retry;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a retry is made of; everything has a default. For one thread. */
public final class RetryBuilder {
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

  RetryBuilder() {}

  /**
   * How many attempts at most, the first included; 3 by default.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public RetryBuilder maxAttempts(int attempts) {
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
  public RetryBuilder maxTime(Duration time) {
    Nanos.checkPositive("time of a call", time);
    this.maxTime = time;
    return this;
  }

  /**
   * The longest wait that the other side may ask for; a call that is asked for more fails at once,
   * with the time in its error. 5 minutes by default.
   *
   * @throws IllegalArgumentException if negative
   */
  public RetryBuilder longestWait(Duration wait) {
    Nanos.checkNotNegative("longest wait", wait);
    this.longestWait = wait;
    return this;
  }

  /** See {@link Backoff#exponential}; from 200 ms by the factor 2 by default. */
  public RetryBuilder exponential(Duration first, double factor) {
    return waits(Schedule.exponential(first, factor));
  }

  /** See {@link Backoff#fixed}. */
  public RetryBuilder fixed(Duration wait) {
    return waits(Schedule.fixed(wait));
  }

  /** See {@link Backoff#linear}. */
  public RetryBuilder linear(Duration first, Duration step) {
    return waits(Schedule.linear(first, step));
  }

  /** See {@link Backoff#fibonacci}. */
  public RetryBuilder fibonacci(Duration unit) {
    return waits(Schedule.fibonacci(unit));
  }

  /** See {@link Backoff#polynomial}. */
  public RetryBuilder polynomial(Duration first, double power) {
    return waits(Schedule.polynomial(first, power));
  }

  /** Any other rule for the waits; mind the {@link #cap}. */
  public RetryBuilder backoff(Backoff backoff) {
    return waits(Schedule.of(backoff));
  }

  private RetryBuilder waits(Schedule schedule) {
    this.schedule = schedule;
    return this;
  }

  /**
   * Other waits for errors of one kind. Schedules for some errors are looked at in the order they
   * were given; the first that fits counts. Each counts its own failures: the first error of a kind
   * is followed by the first wait of its schedule.
   */
  public RetryBuilder schedule(ErrorKind kind, Schedule schedule) {
    kinds.add(new KindOfError((error, verdict) -> verdict.kind() == kind, schedule));
    return this;
  }

  /** The same for errors with this type anywhere in their chain of causes. */
  public RetryBuilder schedule(Class<? extends Throwable> type, Schedule schedule) {
    kinds.add(new KindOfError((error, verdict) -> Causes.find(error, type).isPresent(), schedule));
    return this;
  }

  /** Between nothing and the computed wait: the default. */
  public RetryBuilder fullJitter() {
    return jitter(Jitter.full());
  }

  /** Between half the computed wait and all of it. */
  public RetryBuilder equalJitter() {
    return jitter(Jitter.equal());
  }

  /** Between the first wait and three times the wait before. */
  public RetryBuilder decorrelatedJitter() {
    return jitter(Jitter.decorrelated());
  }

  /** The computed wait itself. For one client, or for tests. */
  public RetryBuilder noJitter() {
    return jitter(Jitter.none());
  }

  /** Any other spreading of the waits. Schedules for some errors have their own. */
  public RetryBuilder jitter(Jitter jitter) {
    this.jitter = jitter;
    return this;
  }

  /**
   * The longest wait of our own computing; by default 30 s, or the first wait if that is longer and
   * known. What the other side asks for is not held to it: see {@link #longestWait}.
   *
   * @throws IllegalArgumentException if negative
   */
  public RetryBuilder cap(Duration cap) {
    Nanos.checkNotNegative("cap", cap);
    this.cap = cap;
    return this;
  }

  /** What is worth another attempt; {@link Classifier#standard()} by default. */
  public RetryBuilder retryOn(Classifier classifier) {
    this.classifier = classifier;
    return this;
  }

  /**
   * Retries errors that the classifier knows nothing of, too. They may be bugs, and what failed may
   * have been done: for work that can be repeated without harm.
   */
  public RetryBuilder retryUnknown() {
    this.retryUnknown = true;
    return this;
  }

  /**
   * Takes these results for transient failures, beside those named before. A call that ends with
   * one fails with {@link UnwantedResultException}, alone or as the cause.
   */
  public <R> RetryBuilder retryOnResult(Class<R> type, Predicate<? super R> unwanted) {
    return judgeResults(ResultClassifier.when(type, unwanted, Verdict.transientError()));
  }

  /** Judges results, after those named before. */
  public RetryBuilder judgeResults(ResultClassifier classifier) {
    this.results = results == null ? classifier : results.or(classifier);
    return this;
  }

  /** A call whose last attempt gave an unwanted result returns it instead of failing. */
  public RetryBuilder returnLastResult() {
    this.returnLastResult = true;
    return this;
  }

  /**
   * Keeps this retry's retries below a share of its calls: see {@link RetryBudget}, of which it
   * gets one of its own.
   *
   * @throws IllegalArgumentException as {@link RetryBudget#share}
   */
  public RetryBuilder budget(double share) {
    return budget(RetryBudget.share(share));
  }

  /** A budget that may be shared with others. */
  public RetryBuilder budget(RetryBudget budget) {
    this.budget = budget;
    return this;
  }

  /** Somebody to tell of every retry, beside those named before. */
  public RetryBuilder listener(RetryListener listener) {
    listeners.add(listener);
    return this;
  }

  /** The clock to wait on. */
  public RetryBuilder time(Time time) {
    this.time = time;
    return this;
  }

  /** Where jitter comes from. Must be safe for use by many threads if the retry is so used. */
  public RetryBuilder random(RandomGenerator random) {
    this.random = random;
    return this;
  }

  /**
   * Where attempts of {@code callAsync} after the first begin. By default on the clock's own
   * thread, which all timers of the process share: give an executor if the work blocks before it
   * returns its future.
   */
  public RetryBuilder executor(Executor executor) {
    this.executor = executor;
    return this;
  }

  Executor executor() {
    return executor;
  }

  Policy policy() {
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
