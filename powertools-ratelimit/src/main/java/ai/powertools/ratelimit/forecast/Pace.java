package ai.powertools.ratelimit.forecast;

/**
 * One of the things that a row of equal calls has to wait for. Times are nanoseconds from a common
 * start and never go back.
 */
sealed interface Pace permits BucketPace, WindowPace, CalendarPace {
  long NEVER = Long.MAX_VALUE;

  /** When the next call may go, {@code at} or later; {@link #NEVER} if never. */
  long earliest(long at);

  /** It goes at this time, which is not before the earliest. */
  void take(long at);

  /** What it is, for people. */
  String name();
}
