package ai.powertools.ratelimit;

import ai.powertools.core.CancelledException;
import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
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
 * bucket that holds a whole window's worth has no reason to say no while the estimates hold.
 *
 * <p><b>The line.</b> Calls are let through in the order they came, whichever way they wait: light
 * ones do not overtake a heavy one. A demand is taken from all limits or from none, a refusal takes
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
   */
  public Permit acquire(Demand demand) {
    if (Thread.interrupted()) {
      throw CancelledException.interrupted(waitingFor(demand), new InterruptedException());
    }
    Permit permit = gate.pass(demand);
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
   * demand allows.
   *
   * @throws RateLimitExceededException if the call can never be made
   * @throws ai.powertools.core.DeadlineExceededException if the demand's deadline has passed
   */
  public Optional<Permit> tryAcquire(Demand demand) {
    return Optional.ofNullable(gate.pass(demand));
  }

  /**
   * Like {@link #acquire}, in the same line, without a thread that waits. The future fails with
   * what {@code acquire} would throw. Cancelling it leaves the line; so does completing it in any
   * other way. That holds for this very future, not for one derived from it.
   */
  public CompletableFuture<Permit> acquireAsync(Demand demand) {
    Waiter waiter;
    try {
      Permit permit = gate.pass(demand);
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
    try {
      return call.get();
    } finally {
      permit.close();
    }
  }

  /**
   * The provider said to wait, by a 429 or a Retry-After: nobody is let through for so long. Of
   * several such pauses the one that ends last counts. Who waits and cannot wait that long is
   * refused now. Calls in flight are not touched.
   *
   * @param pause from now; nothing happens when it is zero or negative
   */
  public void backOff(Duration pause) {
    gate.backOff(pause);
  }

  /** What it looks like now. */
  public LimiterState state() {
    return gate.state();
  }

  @Override
  public String toString() {
    return "limiter \"" + name() + "\"";
  }
}
