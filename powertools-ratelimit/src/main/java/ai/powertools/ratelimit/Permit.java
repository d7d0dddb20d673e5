package ai.powertools.ratelimit;

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

  /** The number of the charge it was let through with. */
  final long number;

  // Both guarded by the gate's lock, which also knows whether the call is still in flight.
  private long charged;
  private boolean reported;

  Permit(Gate gate, Demand demand, long number) {
    this.gate = gate;
    this.demand = demand;
    this.number = number;
    this.charged = demand.tokens();
  }

  /** How many tokens were reserved. */
  public long reserved() {
    return demand.tokens();
  }

  /**
   * Corrects the estimate to what the call used. Less gives the rest back, as much of it as has not
   * come in again meanwhile; more is charged at once, as a debt that is paid off before the next
   * call is let through. The last number counts; one that comes after {@link #close} counts too,
   * but gives back only what is still remembered.
   *
   * @param tokens what the call used in all, zero or more
   * @throws IllegalArgumentException if {@code tokens} is negative, or absurd
   */
  public void used(long tokens) {
    gate.correct(this, Limit.requireCount("A use of tokens", tokens, 0));
  }

  /** The call has ended: somebody else may be in flight in its place. */
  @Override
  public void close() {
    gate.release(this);
  }

  /**
   * The call was never sent: everything goes back, the request included. After {@link #used} it was
   * sent after all, and this is {@link #close}.
   */
  public void cancel() {
    gate.cancel(this);
  }

  /** Sets what is charged; says how much more that is than before. Under the gate's lock. */
  long charge(long tokens) {
    long more = tokens - charged;
    charged = tokens;
    reported = true;
    return more;
  }

  /** Whether what is charged was said by the caller, so that the call was sent. */
  boolean reported() {
    return reported;
  }

  @Override
  public String toString() {
    return "permit for " + demand.label();
  }
}
