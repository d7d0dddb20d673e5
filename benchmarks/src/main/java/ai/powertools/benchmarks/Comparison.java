package ai.powertools.benchmarks;

import java.util.List;
import java.util.Map;

/** A set of benchmarks that belong together, and the figures that they are for. */
interface Comparison {
  /** What {@code benchmarks/run} takes. */
  String name();

  /** The class with the JMH benchmarks. */
  Class<?> benchmarks();

  /** What the numbers mean, from the median in microseconds of each benchmark, by method name. */
  List<Ratio> ratios(Map<String, Double> medianMicros);

  /**
   * One figure.
   *
   * @param what its name
   * @param value ours divided by the peer's
   * @param goal what it is to be at most
   */
  record Ratio(String what, double value, double goal) {}
}
