package ai.powertools.ratelimit;

/** Why a call was not let through. */
public enum Refusal {
  /** It would have to wait longer than it allows. */
  TOO_LATE,
  /** All places are taken, and nobody knows when a call ends. */
  BUSY,
  /** It asks for more than there can ever be. */
  IMPOSSIBLE,
  /** As many wait as may. */
  QUEUE_FULL,
  /** It waited, and had to make room for another one. */
  DISPLACED,
  /** Whoever keeps the limits for all processes cannot be reached, or does not answer. */
  UNREACHABLE
}
