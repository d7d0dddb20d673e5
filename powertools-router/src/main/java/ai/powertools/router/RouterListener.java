package ai.powertools.router;

/**
 * Is told what a router does, as it does it, on the thread that does it: be quick. What it throws
 * is dropped. Must be safe for use by many threads.
 */
@FunctionalInterface
public interface RouterListener {
  /** Something was done. */
  void on(RouterEvent event);
}
