package ai.powertools.ratelimit;

/**
 * How urgent a call is among those that wait. The more urgent get a larger share of what comes in,
 * 16 to 4 to 1 unless the builder says otherwise; none has to wait for ever.
 */
public enum Priority {
  /** Somebody looks at the screen. */
  HIGH,
  /** What is not said otherwise. */
  NORMAL,
  /** Whenever there is room: batches, indexing, warming up. */
  LOW
}
