package ai.powertools.cost;

/** How an attempt ended. */
public enum Outcome {
  /** An answer came back. */
  SUCCEEDED,
  /** An error came back, or nothing did. */
  FAILED,
  /** The caller called it off. */
  CANCELLED,
  /**
   * The process ended while the call was under way, or never closed it: what it cost is unknown,
   * the ledger says what it may have cost at most. Its reservation has lapsed. Budgets are charged
   * nothing for it, unless the tracker was told to {@link CostTrackerBuilder#countLostCalls}.
   */
  LOST
}
