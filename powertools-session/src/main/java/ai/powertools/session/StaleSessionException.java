package ai.powertools.session;

/**
 * Somebody else wrote meanwhile: under a newer lock, or another version. Nothing was written. Read
 * again, and decide anew.
 */
public final class StaleSessionException extends SessionException {
  private static final long serialVersionUID = 1L;

  private final String session;
  private final boolean byVersion;

  private StaleSessionException(String session, boolean byVersion, String message) {
    super(message, null);
    this.session = session;
    this.byVersion = byVersion;
  }

  static StaleSessionException byVersion(String session, String message) {
    return new StaleSessionException(session, true, message);
  }

  static StaleSessionException byToken(String session, String message) {
    return new StaleSessionException(session, false, message);
  }

  /** The name of the session. */
  public String session() {
    return session;
  }

  /** Whether a value was of another version; else the lock was given on or given up. */
  public boolean isByVersion() {
    return byVersion;
  }
}
