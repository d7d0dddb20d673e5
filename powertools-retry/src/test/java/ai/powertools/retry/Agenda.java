package ai.powertools.retry;

import ai.powertools.testing.VirtualClock;

/** Runs what is on the agenda of a virtual clock, on this thread. */
final class Agenda {
  private static final int TOO_MANY = 1_000_000;

  private Agenda() {}

  /** Until nothing is left on it. */
  static void runThrough(VirtualClock clock) {
    for (int steps = 0; clock.advanceToNext(); steps++) {
      if (steps == TOO_MANY) {
        throw new AssertionError("After " + steps + " steps there is still something to be done");
      }
    }
  }
}
