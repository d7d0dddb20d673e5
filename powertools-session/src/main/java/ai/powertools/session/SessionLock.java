package ai.powertools.session;

import java.time.Duration;
import java.time.Instant;

/**
 * The right to write to a session alone, for some time. It is kept with the session, so it holds
 * among threads, processes and machines. What is written through {@link #session()} carries its
 * token: should the lock lapse and go to somebody else while this process stands still, a write
 * that comes late fails with {@link StaleSessionException}, whatever any clock says.
 *
 * <p>Closing it gives the lock up; harmless twice. Safe for use by many threads.
 */
public final class SessionLock implements AutoCloseable {
  private final Session session;
  private final Locks locks;
  private final long token;
  private volatile Instant expiresAt;

  SessionLock(Session session, Locks locks, long token, Instant expiresAt) {
    this.session = session;
    this.locks = locks;
    this.token = token;
    this.expiresAt = expiresAt;
  }

  /** The session, to be written to under this lock. */
  public Session session() {
    return session;
  }

  /** The fencing token: higher than that of any lock of this session before. */
  public long token() {
    return token;
  }

  /** When it lapses unless it is renewed. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /**
   * Holds it for so long from now. Also after it lapsed, as long as nobody wrote meanwhile.
   *
   * @throws StaleSessionException if it was given to somebody else, or given up
   */
  public void renew(Duration lease) {
    expiresAt = locks.renew(session.name(), session.id(), token, lease);
  }

  @Override
  public void close() {
    locks.release(session.name(), session.id(), token);
  }
}
