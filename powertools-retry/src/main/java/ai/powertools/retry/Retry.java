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
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call again when it fails and another attempt may help.
 *
 * <p>How a call that fails ends:
 *
 * <ul>
 *   <li>an error that the {@link Classifier} calls permanent is thrown as it is, at once; what
 *       earlier attempts failed with is suppressed in it;
 *   <li>with no attempts or no time left it ends in an {@link AttemptsExhaustedException}; a wait
 *       that would end beyond the deadline is not begun;
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

  private final Attempts.Policy policy;
  private final Executor executor;

  private Retry(Builder builder) {
    Waits waits =
        new Waits(builder.backoff, builder.effectiveCap(), builder.jitter, builder.random);
    this.policy =
        new Attempts.Policy(
            builder.maxAttempts,
            waits,
            builder.classifier,
            List.copyOf(builder.listeners),
            builder.time);
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
   * cut short, but sees the deadline in its {@link Attempt}.
   *
   * @throws DeadlineExceededException if the deadline has passed already; nothing was tried
   * @throws CallFailedException in place of a checked exception that ends the call
   * @throws AttemptsExhaustedException if the attempts or the time are used up
   * @throws CancelledException if the thread is or was interrupted; its flag is set then
   */
  public <T extends @Nullable Object> T call(Deadline deadline, AttemptCall<T> work) {
    deadline.check("the first attempt");
    return new BlockingCall<>(policy, deadline, work).run();
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
      deadline.check("the first attempt");
    } catch (DeadlineExceededException e) {
      return CompletableFuture.failedFuture(e);
    }
    return new AsyncCall<>(policy, executor, deadline, work).start();
  }

  /**
   * The waits that would follow if every attempt failed and nobody asked for longer ones.
   *
   * @param n how many at most; there is one less than there are attempts
   */
  public List<PlannedWait> preview(int n) {
    return IntStream.rangeClosed(1, Math.min(n, policy.maxAttempts() - 1))
        .mapToObj(policy.waits()::planned)
        .toList();
  }

  /** What a retry is made of; everything has a default. For one thread. */
  public static final class Builder {
    private static final int DEFAULT_ATTEMPTS = 3;
    private static final Duration DEFAULT_FIRST = Duration.ofMillis(200);
    private static final Duration DEFAULT_CAP = Duration.ofSeconds(30);

    private int maxAttempts = DEFAULT_ATTEMPTS;
    private Backoff backoff = Backoff.exponential(DEFAULT_FIRST, 2.0);
    private Jitter jitter = Jitter.full();
    private @Nullable Duration cap;
    private Duration firstWait = DEFAULT_FIRST;
    private Classifier classifier = Classifier.standard();
    private final List<RetryListener> listeners = new ArrayList<>();
    private Time time = Time.system();
    private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    private Executor executor = Runnable::run;

    private Builder() {}

    /**
     * How many attempts at most, the first included; 3 by default.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder maxAttempts(int attempts) {
      if (attempts < 1) {
        throw new IllegalArgumentException("A call needs at least 1 attempt, not " + attempts);
      }
      this.maxAttempts = attempts;
      return this;
    }

    /** See {@link Backoff#exponential}; from 200 ms by the factor 2 by default. */
    public Builder exponential(Duration first, double factor) {
      backoff(Backoff.exponential(first, factor));
      firstWait = first;
      return this;
    }

    /** See {@link Backoff#fixed}. */
    public Builder fixed(Duration wait) {
      backoff(Backoff.fixed(wait));
      firstWait = wait;
      return this;
    }

    /** Any other rule for the waits; mind the {@link #cap}. */
    public Builder backoff(Backoff backoff) {
      this.backoff = backoff;
      this.firstWait = Duration.ZERO;
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

    /** The computed wait itself. For one client, or for tests. */
    public Builder noJitter() {
      return jitter(Jitter.none());
    }

    /** Any other spreading of the waits. */
    public Builder jitter(Jitter jitter) {
      this.jitter = jitter;
      return this;
    }

    /**
     * The longest wait of our own computing; by default 30 s, or the wait given to {@link #fixed}
     * or the first to {@link #exponential} if that is longer. What the other side asks for is not
     * held to it: only a deadline ends that.
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

    /** Nobody who asks for waits of a minute means half of one. */
    private Duration effectiveCap() {
      if (cap != null) {
        return cap;
      }
      return firstWait.compareTo(DEFAULT_CAP) > 0 ? firstWait : DEFAULT_CAP;
    }

    /** The retry. */
    public Retry build() {
      return new Retry(this);
    }
  }
}
