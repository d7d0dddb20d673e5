package ai.powertools.benchmarks;

/** A durable ledger in a file, as one that many threads settle calls with. */
interface SettledCalls extends AutoCloseable {
  /**
   * Reserves money for a call.
   *
   * @param number of the call
   * @return settles it, durably when it returns
   */
  Runnable reserve(long number);

  @Override
  void close();
}
