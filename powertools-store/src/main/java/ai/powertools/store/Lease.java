package ai.powertools.store;

import java.time.Duration;
import java.time.Instant;

/**
 * A lease that was given out by {@link Leases}. That it was, and has not expired, proves nothing: a
 * holder may be paused for any time between asking and acting. What proves it is {@link #check} in
 * the transaction that acts. Safe for use by many threads.
 */
public final class Lease implements AutoCloseable {
  private final Leases leases;
  private final LeaseInfo info;
  private volatile Instant expiresAt;
  private volatile boolean released;

  Lease(Leases leases, LeaseInfo info) {
    this.leases = leases;
    this.info = info;
    this.expiresAt = info.expiresAt();
  }

  /** What it is for. */
  public String name() {
    return info.name();
  }

  /** Who has it. */
  public String holder() {
    return info.holder();
  }

  /**
   * Its number: greater than that of every earlier lease of this name, and given out once, also
   * after a release, an expiry or a restart. Numbers in between may be left out.
   */
  public long token() {
    return info.token();
  }

  /** From when on another one may take it, unless it is renewed. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /**
   * Makes it last for that long from now, also when it had expired and nobody took it.
   *
   * @param ttl above zero, at most 365 days
   * @throws LeaseLostException if another one has taken it, or it was released
   * @throws StoreException if the store fails; whether it was renewed is not known then if the kind
   *     is {@link StoreException.Kind#IN_DOUBT}
   */
  public void renew(Duration ttl) {
    expiresAt = leases.renew(info, ttl);
  }

  /**
   * Whether the store says right now that it is this holder's and has not expired. Good for
   * deciding to stop, not for deciding to act: see {@link #check}.
   *
   * @throws StoreException if the store fails
   */
  public boolean isHeld() {
    return !released && leases.isHeld(info);
  }

  /**
   * Makes a transaction that writes depend on this lease: until it ends nobody can take the lease.
   * Passes as long as no other one has it and it was not released, expired or not.
   *
   * @param sql of a transaction of the store that the lease is kept in
   * @throws LeaseLostException if another one has taken it, or it was released: let it through, so
   *     that nothing of the transaction is kept
   * @throws StoreException if the transaction only reads ({@link StoreException.Kind#MISUSE}), or
   *     the store fails
   */
  public void check(Sql sql) {
    leases.check(info, sql);
  }

  /**
   * Gives it back, so that another one can have it at once. Harmless when it is lost or was
   * released.
   *
   * @throws StoreException if the store fails; it can be called again then
   */
  public void release() {
    if (!released) {
      leases.release(info);
      released = true;
    }
  }

  /** {@link #release()}. */
  @Override
  public void close() {
    release();
  }
}
