package ai.powertools.cost;

/** What happens to a call that a budget has no room for. */
public enum AtLimit {
  /** It is refused before anything is sent, unless a cheaper model fits: a hard limit. */
  REFUSE,
  /** It goes ahead, and whoever listens is told: a soft limit. */
  ALLOW
}
