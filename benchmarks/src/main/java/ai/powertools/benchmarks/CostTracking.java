package ai.powertools.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Mode;

/**
 * What the cost tracker takes: of a call in memory, of calls that are settled durably, of a report
 * on a month of them.
 */
final class CostTracking implements Comparison {
  /** Nanoseconds that tracking a call in memory may take. */
  private static final double GOAL_NANOS = 2_000;

  @Override
  public String name() {
    return "cost";
  }

  @Override
  public Class<?> benchmarks() {
    return CostTrackingBenchmark.class;
  }

  @Override
  public Mode mode() {
    return Mode.AverageTime;
  }

  @Override
  public int warmUps() {
    return 20;
  }

  @Override
  public List<Figure> figures(Map<String, Measured> results) {
    Measured bare = results.getOrDefault("bareSum", Measured.NOTHING);
    List<Figure> figures = new ArrayList<>();
    for (int budgets : new int[] {0, 1, 3}) {
      Measured call = results.getOrDefault("track " + budgets, Measured.NOTHING);
      String what = "a call in memory, budgets: " + budgets;
      figures.add(new Figure(what, "ns", call.median(), GOAL_NANOS));
      figures.add(Figure.shown(what + ", of the processors", "ns", call.processorNanos()));
      figures.add(Figure.shown(what, "B", call.bytes()));
      figures.add(
          Figure.shown(what + ", to a bare sum", "ours/bare", call.median() / bare.median()));
    }
    return figures;
  }

  @Override
  public void measure(boolean quick, Consumer<Figure> told) throws Exception {
    try (BenchFolder folder = BenchFolder.create()) {
      new CostThroughput(quick, told).measure(folder.path());
    }
    try (BenchFolder folder = BenchFolder.create()) {
      new CostReports(quick, told).measure(folder.path());
    }
  }
}
