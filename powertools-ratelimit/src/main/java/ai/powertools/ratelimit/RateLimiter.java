package ai.powertools.ratelimit;

import ai.powertools.core.CancelledException;
import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets calls through as fast as the limits allow, and never faster.
 *
 * <p><b>The law.</b> A limit of {@code L} per window {@code W} is a bucket that holds a burst of
 * {@code B} and into which {@code L} come per {@code W}, evenly. For every span of time {@code w}
 * that ends when a call is let through:
 *
 * <pre>{@code
 * what was let through in w  +  what calls in w reported above their estimate
 *     <=  max(B, that call's own demand)  +  w * L / W
 * }</pre>
 *
 * <p>What a call gives back no longer counts. A call that asks for more than {@code B} is let
 * through when the bucket is full, and leaves a debt that is paid off before the next one; one that
 * asks for more than {@code L} (and {@code B}) is refused at once, since it can never be. So a
 * window {@code W} never sees more than {@code L + max(B, largest demand)}. A vendor who keeps a
 * bucket that holds a whole window's worth has no reason to say no while the estimates hold. For
 * one who counts every window exactly there is {@link Counting#SLIDING_WINDOW}: at most {@code L}
 * in any.
 *
 * <p><b>The line.</b> Calls of one priority and one tenant are let through in the order they came,
 * whichever way they wait: light ones do not overtake a heavy one. Priorities and tenants share
 * what comes in by their weights. A demand is taken from all limits or from none, a refusal takes
 * nothing, and a wait that would be longer than allowed is refused before it begins, or as soon as
 * it is known.
 *
 * <p>Safe for use by many threads, virtual ones too: nobody waits while holding a monitor. Needs no
 * closing.
 */
public final class RateLimiter {
  private final Gate gate;
  private final Executor executor;

  RateLimiter(Gate gate, Executor executor) {
    this.gate = gate;
    this.executor = executor;
  }

  /** A limiter to be set up. */
  public static RateLimiterBuilder builder() {
    return new RateLimiterBuilder();
  }

  /** A new limiter that lets everything through, unless it is told to {@link #backOff}. */
  public static RateLimiter unlimited() {
    return builder().name("unlimited").build();
  }

  /** What it is called in messages. */
  public String name() {
    return gate.name();
  }

  /**
   * Waits until the call may be made.
   *
   * @throws RateLimitExceededException at once, if that takes longer than the demand allows, or
   *     forever; and later, if it turns out then
   * @throws ai.powertools.core.DeadlineExceededException if the demand's deadline has passed
   * @throws ai.powertools.core.CancelledException if the thread is interrupted; the flag stays set,
   *     and nothing is charged
   * @throws IllegalArgumentException if the demand has more keys than the limiter has levels;
   *     likewise for all that take one
   */
  public Permit acquire(Demand demand) {
    if (Thread.interrupted()) {
      throw CancelledException.interrupted(waitingFor(demand), new InterruptedException());
    }
    Permit permit = gate.pass(demand, false);
    return permit == null ? await(gate.enter(demand, Runnable::run)) : permit;
  }

  private Permit await(Waiter waiter) {
    try {
      return waiter.answer.get();
    } catch (InterruptedException e) {
      if (!waiter.answer.cancel(false)) {
        var unused = waiter.answer.thenAccept(Permit::cancel);
      }
      gate.withdraw(waiter);
      throw CancelledException.interrupted(waitingFor(waiter.demand), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RateLimitExceededException refusal) {
        refusal.fillInStackTrace(); // it was made on the thread that turned the clock
        throw refusal;
      }
      throw new IllegalStateException(e);
    }
  }

  private String waitingFor(Demand demand) {
    return "waiting for limiter \"" + name() + "\" to let " + demand.label() + " through";
  }

  /**
   * A permit if the call may be made now and nobody waits before it; never waits, whatever the
   * demand allows. Where limits are shared it is kept until the server has answered.
   *
   * @throws RateLimitExceededException if the call can never be made; or if the server that keeps
   *     shared limits does not answer, and nothing is let through without it
   * @throws ai.powertools.core.DeadlineExceededException if the demand's deadline has passed
   */
  public Optional<Permit> tryAcquire(Demand demand) {
    Permit permit = gate.pass(demand, !gate.isShared());
    return permit == null && gate.isShared() ? askNow(demand) : Optional.ofNullable(permit);
  }

  private Optional<Permit> askNow(Demand demand) {
    try {
      return Optional.of(acquire(demand.within(Duration.ZERO)));
    } catch (RateLimitExceededException e) {
      if (e.refusal() == Refusal.IMPOSSIBLE || e.refusal() == Refusal.UNREACHABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * Takes what is demanded for good, if it is there now and nobody waits: the fastest way where
   * nothing will be corrected. Makes no objects.
   *
   * @return whether it was there; if not, nothing was taken
   * @throws IllegalStateException if there is a limit to calls at once: they have to come back
   * @throws RateLimitExceededException as {@link #tryAcquire} does
   * @throws ai.powertools.core.DeadlineExceededException if the demand's deadline has passed
   */
  public boolean tryTake(Demand demand) {
    return gate.take(demand) || (gate.isShared() && takeNow(demand));
  }

  private boolean takeNow(Demand demand) {
    Optional<Permit> permit = askNow(demand);
    permit.ifPresent(Permit::close);
    return permit.isPresent();
  }

  /**
   * Like {@link #acquire}, in the same line, without a thread that waits. The future fails with
   * what {@code acquire} would throw. Cancelling it leaves the line; so does completing it in any
   * other way. That holds for this very future, not for one derived from it.
   */
  public CompletableFuture<Permit> acquireAsync(Demand demand) {
    Waiter waiter;
    try {
      Permit permit = gate.pass(demand, false);
      if (permit != null) {
        return CompletableFuture.completedFuture(permit);
      }
      waiter = gate.enter(demand, executor);
    } catch (PowerToolsException e) {
      return CompletableFuture.failedFuture(e);
    }
    var unused = waiter.answer.whenComplete((permit, failure) -> gate.withdraw(waiter));
    return waiter.answer;
  }

  /**
   * Makes a call under a permit. What it reserved stays charged; use {@link #acquire} to correct
   * it.
   *
   * @throws RateLimitExceededException as {@link #acquire} does, and all else that it throws
   */
  public <T> T limit(Demand demand, Supplier<T> call) {
    Permit permit = acquire(demand);
    Outcome outcome = Outcome.UNRELATED;
    try {
      T result = call.get();
      outcome = Outcome.SUCCESS;
      return result;
    } finally {
      permit.close(outcome);
    }
  }

  /** Makes a call of one request under a permit, like {@link #limit(Demand, Supplier)}. */
  public <T> T limit(Priority priority, Supplier<T> call) {
    return limit(Demand.request().priority(priority), call);
  }

  /**
   * Begins a call when it may be made, on the thread of the caller if that is now. The permit comes
   * back when the call has ended.
   *
   * @return the call's result; it fails with what {@link #acquire} would throw, or with what the
   *     call failed with. Cancelling it leaves the line, or cancels the call that runs
   */
  public <T> CompletableFuture<T> limitAsync(
      Demand demand, Supplier<? extends CompletionStage<T>> call) {
    return new LimitedCall<T>(acquireAsync(demand), call).start();
  }

  /** Begins a call of one request, like {@link #limitAsync(Demand, Supplier)}. */
  public <T> CompletableFuture<T> limitAsync(
      Priority priority, Supplier<? extends CompletionStage<T>> call) {
    return limitAsync(Demand.request().priority(priority), call);
  }

  /** The same call, under a permit each time. */
  public <T> Supplier<T> decorate(Demand demand, Supplier<T> call) {
    return () -> limit(demand, call);
  }

  /**
   * The same function, under a permit each time.
   *
   * @param demand what a call with an argument asks for
   */
  public <A, R> Function<A, R> decorate(Function<? super A, Demand> demand, Function<A, R> call) {
    return argument -> limit(demand.apply(argument), () -> call.apply(argument));
  }

  /** The same asynchronous call, under a permit each time. */
  public <T> Supplier<CompletableFuture<T>> decorateAsync(
      Demand demand, Supplier<? extends CompletionStage<T>> call) {
    return () -> limitAsync(demand, call);
  }

  /**
   * The provider said to wait, by a 429 or a Retry-After: nobody is let through for so long. Of
   * several such pauses the one that ends last counts. Who waits and cannot wait that long is
   * refused now. Calls in flight are not touched.
   *
   * @param pause from now; nothing happens when it is zero or negative
   * @param keys of the place that is closed, as in {@link Demand#at}; none for the whole limiter
   */
  public void backOff(Duration pause, String... keys) {
    gate.backOff(Demand.request().at(keys), pause);
  }

  /**
   * What a provider said about its limits: numbers that are other than ours take their place, what
   * is left is left at most, and a wait that was asked for closes the way. With a permit at hand
   * {@link Permit#learn} knows more.
   *
   * @param keys of the place, as in {@link Demand#at}; none for the whole limiter
   */
  public void learn(LimitReport report, String... keys) {
    gate.learn(Demand.request().at(keys), report);
  }

  /**
   * Other limits from now on. What is missing stays missing, permits that are out stay out, and who
   * waits and would now wait too long is refused.
   *
   * @param keys of the place, as in {@link Demand#at}; none for the whole limiter. What is changed
   *     for a key is forgotten with it, once it was not used for its longest window
   * @throws IllegalStateException if it is the whole limiter, and its limits are shared
   */
  public void change(Limits limits, String... keys) {
    gate.change(Demand.request().at(keys), limits);
  }

  /**
   * Other limits for the keys of a level that are known now. New keys get what the builder was
   * given: let that function give the new limits first.
   *
   * @param limits those of a key
   * @throws IllegalArgumentException if there is no level of this name
   */
  public void changeLevel(String level, Function<String, Limits> limits) {
    gate.changeLevel(level, limits);
  }

  /**
   * The limits now.
   *
   * @param keys of the place, as in {@link Demand#at}; none for the whole limiter
   */
  public Limits limits(String... keys) {
    return gate.limits(Demand.request().at(keys));
  }

  /**
   * What it looks like now.
   *
   * @param keys of the place, as in {@link Demand#at}; none for the whole limiter
   */
  public LimiterState state(String... keys) {
    return gate.state(Demand.request().at(keys));
  }

  @Override
  public String toString() {
    return "limiter \"" + name() + "\"";
  }
}
