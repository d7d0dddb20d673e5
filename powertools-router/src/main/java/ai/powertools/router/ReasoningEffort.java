package ai.powertools.router;

/** How much a model is to think before it answers. */
public enum ReasoningEffort {
  /** Not at all. */
  NONE,
  /** As little as it can. */
  MINIMAL,
  /** Little. */
  LOW,
  /** Some. */
  MEDIUM,
  /** Much. */
  HIGH,
  /** Very much. */
  XHIGH,
  /** As much as it can. */
  MAX
}
