package ai.powertools.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What retries and the guards around them add to a call, beside the libraries that people have. */
final class Retries implements Comparison {
  /** What a call may take of the best peer's time. */
  private static final double GOAL = 1.1;

  private static final int PASSES = 5;
  private static final String OURS = "ours";
  private static final List<String> PEERS = List.of("resilience4j", "failsafe");

  @Override
  public String name() {
    return "retry";
  }

  @Override
  public Class<?> benchmarks() {
    return RetriesBenchmark.class;
  }

  @Override
  public Mode mode() {
    return Mode.AverageTime;
  }

  @Override
  public void tune(ChainedOptionsBuilder options, boolean quick) {
    Passes.request(options, quick ? 2 : PASSES);
    options
        // Compiled when it is called often enough, not when a busy machine gets around to it.
        .jvmArgsPrepend("-Xbatch")
        .warmupIterations(5)
        .warmupTime(TimeValue.milliseconds(quick ? 150 : 400))
        .measurementIterations(5)
        .measurementTime(TimeValue.milliseconds(quick ? 100 : 300));
  }

  @Override
  public List<Figure> figures(Map<String, Measured> results) {
    List<Figure> figures = new ArrayList<>();
    for (Case each : Case.values()) {
      figures.addAll(each.figures(results));
    }
    return figures;
  }

  /** What is measured of each. */
  private enum Case {
    GUARDED("guarded", "retry, breaker and bulkhead, 1 thread"),
    GUARDED_BY_TWO("guardedByTwo", "retry, breaker and bulkhead, 2 threads"),
    RETRY("retry", "retry alone, 1 thread"),
    RETRY_BY_TWO("retryByTwo", "retry alone, 2 threads"),
    RECOVERY("recovery", "retry alone, success after two failures");

    private final String method;
    private final String what;

    Case(String method, String what) {
      this.method = method;
      this.what = what;
    }

    /** The time; the processor time, in which other people's work is not; and what is allocated. */
    List<Figure> figures(Map<String, Measured> results) {
      return List.of(
          ratio("", GOAL, whose -> of(whose, results).median()),
          ratio(
              ", processor time",
              Double.POSITIVE_INFINITY,
              whose -> of(whose, results).processorNanos()),
          ratio(", bytes", Double.POSITIVE_INFINITY, whose -> of(whose, results).bytes()),
          Figure.shown(what + ", ours", "B", of(OURS, results).bytes()));
    }

    private Figure ratio(String of, double goal, ToDoubleFunction<String> measure) {
      String best = PEERS.stream().min(Comparator.comparingDouble(measure)).orElseThrow();
      return Figure.ratio(
          what + ", ours to " + best + of,
          measure.applyAsDouble(OURS),
          measure.applyAsDouble(best),
          goal);
    }

    private Measured of(String whose, Map<String, Measured> results) {
      return results.getOrDefault(method + " " + whose, Measured.NOTHING);
    }
  }
}
