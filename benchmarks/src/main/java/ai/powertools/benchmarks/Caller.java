package ai.powertools.benchmarks;

import java.util.concurrent.Callable;

/** Somebody who makes calls and guards them. Safe for use by many threads. */
@FunctionalInterface
interface Caller {
  /**
   * Makes one call.
   *
   * @throws Exception if the work fails for good
   */
  String call(Callable<String> work) throws Exception;
}
