package ai.powertools.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * How busy the machine was over the last minute, the benchmark's own threads among it: a number
 * that was measured beside others is to be known as one.
 */
public final class LoadAverage implements InternalProfiler {
  /** What JMH calls it. */
  static final String LABEL = "load";

  /** The average of the last minute; negative where the system has none. */
  static double now() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  @Override
  public String getDescription() {
    return "load average of the machine";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // The average looks back by itself.
  }

  @Override
  public List<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return List.of(new ScalarResult(LABEL, now(), "threads", AggregationPolicy.AVG));
  }
}
