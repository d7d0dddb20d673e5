package ai.powertools.benchmarks;

import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;

/** A set of benchmarks that belong together, and the figures that they are for. */
interface Comparison {
  /** What {@code benchmarks/run} takes. */
  String name();

  /** The class with the JMH benchmarks. */
  Class<?> benchmarks();

  /**
   * How time is taken: {@link Mode#SampleTime} for what takes microseconds and more, {@link
   * Mode#AverageTime} for what takes less than asking the clock, {@link Mode#SingleShotTime} for
   * the first time in a fresh JVM. The unit is the benchmark's.
   */
  default Mode mode() {
    return Mode.SampleTime;
  }

  /**
   * What the numbers mean.
   *
   * @param results by the name of the method, with the values of its parameters behind it
   */
  List<Figure> figures(Map<String, Measured> results);

  /**
   * What one benchmark came to.
   *
   * @param median time per operation, in the unit of the benchmark
   * @param bytes allocated per operation
   */
  record Measured(double median, double bytes) {
    /** What is there when a benchmark was not run. */
    static final Measured NOTHING = new Measured(Double.NaN, Double.NaN);
  }

  /**
   * One figure.
   *
   * @param what its name
   * @param unit of the value: {@code ours/peer}, {@code ns}, {@code B}
   * @param value what was measured
   * @param goal what it is to be at most
   */
  record Figure(String what, String unit, double value, double goal) {
    /** Ours divided by the peer's. */
    static Figure ratio(String what, double ours, double peer, double goal) {
      return new Figure(what, "ours/peer", ours / peer, goal);
    }
  }
}
