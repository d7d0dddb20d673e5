package ai.powertools.retry.report;

/** Where the rate of an error is going. */
public enum Direction {
  /** More in the newer half of the time than chance explains. */
  RISING,
  /** Less in the newer half of the time than chance explains. */
  FALLING,
  /** No difference but what may be chance. */
  STEADY,
  /** There was none in that time. */
  QUIET
}
