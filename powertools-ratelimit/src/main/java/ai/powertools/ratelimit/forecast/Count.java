package ai.powertools.ratelimit.forecast;

/** What was used of a window. Safe for use by many threads. */
sealed interface Count permits CalendarCount, RollingCount {
  /**
   * So much more was used now.
   *
   * @throws IllegalArgumentException if it is negative
   */
  void add(long amount);

  /** What was used of the window now. */
  long count();
}
