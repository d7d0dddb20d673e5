package ai.powertools.session;

import java.time.Duration;

/**
 * Is told what was done and how long it took, for metrics. Called on the thread that did it, so
 * short; what it throws is thrown to the caller. The methods do nothing unless they are overridden.
 */
public interface SessionMeter {
  /** Measures nothing. */
  SessionMeter NONE = new SessionMeter() {};

  /** A value was looked for. */
  default void read(String session, Duration took, boolean found) {}

  /** A transaction was made durable, or failed. */
  default void wrote(String session, Duration took, boolean kept) {}

  /**
   * A value was turned into the bytes that are to be kept. Told within the transaction, on the
   * thread of the store that runs it, and again if it is run again before it is kept.
   *
   * @param before how many bytes the codec made of it
   * @param kept how many are kept, with all that belongs to the record
   */
  default void encoded(String session, long before, long kept) {}
}
