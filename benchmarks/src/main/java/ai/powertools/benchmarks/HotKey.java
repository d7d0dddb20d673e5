package ai.powertools.benchmarks;

/** One process's hold on a limit that several share under one key. Safe for use by many threads. */
interface HotKey extends AutoCloseable {
  /** Takes one request, for good, if it is there; waits for the decision only. */
  boolean take();

  /** Lets the server go; the key stays. */
  @Override
  void close();
}
