package ai.powertools.ratelimit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Leave to make one call. Close it when the call has ended, however it ended.
 *
 * <p>What was reserved stays charged unless {@link #used} or {@link #cancel} says otherwise: of a
 * call that failed nobody knows what the provider counted. Every method may be called again, in any
 * order and by any thread; what was said already has no further effect.
 */
public final class Permit implements AutoCloseable {
  private final Gate gate;
  private final Demand demand;

  /** What it passed, the last key first and the root last. Guarded by the gate's guard. */
  Node[] path;

  /** The number of the charge it was let through with. */
  final long number;

  /** When, on the gate's clock. */
  final long at;

  // All guarded by the gate's guard.
  private Amounts charged;
  private boolean reported;
  boolean out;
  int inFlightAtStart;
  Supply.@Nullable SharedGrant grant;
  private Outcome outcome = Outcome.SUCCESS;
  long leaseEnd;
  @Nullable Permit older;
  @Nullable Permit newer;

  Permit(Gate gate, Demand demand, Node[] path, long number, long at) {
    this.gate = gate;
    this.demand = demand;
    this.path = path;
    this.number = number;
    this.at = at;
    this.charged = demand.amounts();
  }

  /** How many tokens were reserved. */
  public long reserved() {
    return demand.tokens();
  }

  /** How much of a dimension was reserved. */
  public long reserved(Dimension dimension) {
    return demand.amount(dimension);
  }

  /**
   * Corrects the estimate to what the call used. Less gives the rest back, as much of it as has not
   * come in again meanwhile; more is charged at once, as a debt that is paid off before the next
   * call is let through. The last number counts; one that comes after {@link #close} counts too,
   * but gives back only what is still remembered.
   *
   * <p>When input and output were reserved apart, the input stays as reserved and the output is the
   * rest.
   *
   * @param tokens what the call used in all, zero or more
   * @throws IllegalArgumentException if {@code tokens} is negative, or absurd
   */
  public void used(long tokens) {
    gate.correct(this, charged -> charged.usedInAll(tokens, demand.amounts()));
  }

  /**
   * The same, with input and output apart.
   *
   * @throws IllegalArgumentException if one of them is negative, or absurd
   */
  public void used(long input, long output) {
    gate.correct(this, charged -> charged.tokens(input, output));
  }

  /**
   * The same for any dimension; other dimensions stay as they are, also those that overlap with it.
   *
   * @throws IllegalArgumentException if the amount is negative, or absurd
   */
  public void used(Dimension dimension, long amount) {
    gate.correct(this, charged -> charged.with(dimension, amount));
  }

  /** The call goes on: its lease begins anew. Nothing happens once it is closed. */
  public void renew() {
    gate.renew(this);
  }

  /**
   * The provider refused the call because of its limits or its load, and said how long to wait:
   * nobody is let through for so long, and afterwards slowly at first. The permit has still to be
   * closed.
   *
   * @param retryAfter from now; zero or less when it was not said: then a second, and twice as long
   *     each time until a call goes well, a minute at most. Calls that were in flight together
   *     count once
   */
  public void throttled(Duration retryAfter) {
    gate.throttled(this, retryAfter);
  }

  /** The provider refused the call, and did not say for how long. */
  public void throttled() {
    throttled(Duration.ZERO);
  }

  /**
   * What the provider said about its limits with its answer: numbers that are other than ours take
   * their place, what is left is left at most, and a wait that was asked for closes the way.
   */
  public void learn(LimitReport report) {
    gate.learn(this, report);
  }

  /** The call has ended, and well: somebody else may be in flight in its place. */
  @Override
  public void close() {
    gate.release(this, Outcome.SUCCESS);
  }

  /**
   * The call has ended, this way: what adapts to a provider learns from it. After {@link
   * #throttled} it has ended so, whatever is said here.
   */
  public void close(Outcome outcome) {
    gate.release(this, outcome);
  }

  /**
   * The call was never sent: everything goes back, the request included. After {@link #used} it was
   * sent after all, and this is {@link #close}.
   */
  public void cancel() {
    gate.cancel(this);
  }

  Demand demand() {
    return demand;
  }

  Amounts charged() {
    return charged;
  }

  long charged(Dimension dimension) {
    return charged.of(dimension.slot(), dimension);
  }

  /** Sets what is charged, as the caller said, so that the call was sent. */
  void charge(Amounts amounts) {
    charged = amounts;
    reported = true;
  }

  /** Nothing is charged: it was not sent. */
  void uncharge() {
    charged = Amounts.NOTHING;
  }

  /** Whether what is charged was said by the caller. */
  boolean reported() {
    return reported;
  }

  /** How the call ended, or is going to as far as is known. */
  Outcome outcome() {
    return outcome;
  }

  void outcome(Outcome outcome) {
    if (this.outcome != Outcome.THROTTLED) {
      this.outcome = outcome;
    }
  }

  boolean passed(Node place) {
    for (Node node : path) {
      if (node == place) {
        return true;
      }
    }
    return false;
  }

  Duration heldAt(long now) {
    return Duration.ofNanos(Math.max(0, now - at));
  }

  @Override
  public String toString() {
    return "permit for " + demand.label();
  }
}
