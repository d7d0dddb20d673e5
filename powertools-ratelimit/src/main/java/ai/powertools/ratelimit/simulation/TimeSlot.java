package ai.powertools.ratelimit.simulation;

import java.time.Duration;

/**
 * The calls that asked within a part of the time.
 *
 * @param from when it begins, from the start of the trace
 * @param to when it ends; the next one begins then
 * @param asked how many asked
 * @param granted how many of them were let through, then or later
 * @param refused how many of them were refused, then or later
 * @param longestWait of those that were let through
 */
public record TimeSlot(
    Duration from, Duration to, long asked, long granted, long refused, Duration longestWait) {

  /** Both together; this one comes first. */
  TimeSlot and(TimeSlot next) {
    return new TimeSlot(
        from,
        next.to,
        asked + next.asked,
        granted + next.granted,
        refused + next.refused,
        longestWait.compareTo(next.longestWait) >= 0 ? longestWait : next.longestWait);
  }
}
