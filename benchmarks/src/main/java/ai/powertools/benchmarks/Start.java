package ai.powertools.benchmarks;

import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;

/** What the bundled catalog takes of a program's start, each time in a fresh JVM. */
final class Start implements Comparison {
  /** Milliseconds that loading the catalog may take. */
  private static final double GOAL_MILLIS = 60;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public Class<?> benchmarks() {
    return StartBenchmark.class;
  }

  @Override
  public Mode mode() {
    return Mode.SingleShotTime;
  }

  @Override
  public List<Figure> figures(Map<String, Measured> results) {
    return List.of(
        new Figure(
            "loading the catalog",
            "ms",
            results.getOrDefault("catalog", Measured.NOTHING).median(),
            GOAL_MILLIS),
        new Figure(
            "loading it and reading one model",
            "ms",
            results.getOrDefault("catalogAndOneModel", Measured.NOTHING).median(),
            Double.POSITIVE_INFINITY));
  }
}
