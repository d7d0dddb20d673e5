package ai.powertools.ratelimit;

/** How a provider counts what a limit allows. */
public enum Counting {
  /**
   * A bucket that holds a burst and into which the amount of a window comes evenly: what most
   * providers do, and the kindest to them.
   */
  TOKEN_BUCKET,

  /**
   * In any window, wherever it begins, at most the amount; all of it at once if nothing was taken
   * before. Counted in 128 parts of a window: what was taken counts for up to a 128th longer than a
   * window, never shorter.
   */
  SLIDING_WINDOW
}
