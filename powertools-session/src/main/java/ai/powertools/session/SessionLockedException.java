package ai.powertools.session;

import java.time.Instant;

/** Somebody else holds the lock of the session. Nothing was written; it may be tried again. */
public final class SessionLockedException extends SessionException {
  private static final long serialVersionUID = 1L;

  private final String session;
  private final String holder;
  private final Instant until;

  SessionLockedException(String session, String holder, Instant until, String message) {
    super(message, null);
    this.session = session;
    this.holder = holder;
    this.until = until;
  }

  /** The name of the session. */
  public String session() {
    return session;
  }

  /** Who holds it. */
  public String holder() {
    return holder;
  }

  /** When the lock lapses, unless it is renewed. */
  public Instant until() {
    return until;
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
