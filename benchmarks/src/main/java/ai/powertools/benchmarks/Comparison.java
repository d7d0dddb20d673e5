package ai.powertools.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

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
   * How many half seconds of warm-up there are with {@link Mode#AverageTime}: more where there is
   * much code to compile.
   */
  default int warmUps() {
    return 3;
  }

  /**
   * Says what this comparison wants otherwise than the rest.
   *
   * @param options all set already
   * @param quick for a first look
   */
  default void tune(ChainedOptionsBuilder options, boolean quick) {}

  /**
   * What the numbers mean.
   *
   * @param results by the name of the method, with the values of its parameters behind it
   */
  List<Figure> figures(Map<String, Measured> results);

  /**
   * What is no matter of one operation again and again: many threads at a disk, minutes of work.
   * Measured after the benchmarks, by hand.
   *
   * @param quick for a first look
   * @param told each figure as soon as it is there
   * @throws Exception whatever comes; the command ends with it
   */
  default void measure(boolean quick, Consumer<Figure> told) throws Exception {}

  /**
   * What one benchmark came to.
   *
   * @param median time per operation, in the unit of the benchmark
   * @param bytes allocated per operation
   * @param processorNanos of the whole process, per operation
   */
  record Measured(double median, double bytes, double processorNanos) {
    /** What is there when a benchmark was not run. */
    static final Measured NOTHING = new Measured(Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * One figure.
   *
   * @param what its name
   * @param unit of the value: {@code ours/peer}, {@code ns}, {@code B}
   * @param value what was measured
   * @param goal what it is to be at most, or at least; infinite where there is none
   * @param atLeast whether more is better
   */
  record Figure(String what, String unit, double value, double goal, boolean atLeast) {
    /** Of which less is better. */
    Figure(String what, String unit, double value, double goal) {
      this(what, unit, value, goal, false);
    }

    /** Ours divided by the peer's. */
    static Figure ratio(String what, double ours, double peer, double goal) {
      return new Figure(what, "ours/peer", ours / peer, goal);
    }

    /** Of which more is better. */
    static Figure atLeast(String what, String unit, double value, double goal) {
      return new Figure(what, unit, value, goal, true);
    }

    /** For looking at. */
    static Figure shown(String what, String unit, double value) {
      return new Figure(what, unit, value, Double.POSITIVE_INFINITY);
    }

    /** Whether there is a goal. */
    boolean hasGoal() {
      return !Double.isInfinite(goal);
    }

    /** Whether there is a goal and it is not reached. */
    boolean isMissed() {
      return hasGoal() && !(atLeast ? value >= goal : value <= goal);
    }
  }
}
