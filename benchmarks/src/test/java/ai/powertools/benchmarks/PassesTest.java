package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

class PassesTest {
  private static final IterationParams ITERATION =
      new IterationParams(IterationType.MEASUREMENT, 1, TimeValue.seconds(1), 1);

  @Test
  void whatAllPassesFoundIsOneResult() {
    Map<String, RunResult> together =
        Passes.together(
            List.of(
                result(Map.of("pass", "1", "whose", "ours"), 10, 20),
                result(Map.of("pass", "1", "whose", "guava"), 50),
                result(Map.of("pass", "2", "whose", "ours"), 90)));

    assertThat(together).containsOnlyKeys("take ours", "take guava");
    assertThat(together.get("take ours").getPrimaryResult().getStatistics().getN()).isEqualTo(3);
    assertThat(together.get("take ours").getPrimaryResult().getStatistics().getPercentile(50))
        .isEqualTo(20);
  }

  @Test
  void namesParametersFromTheLastInTheAlphabetToTheFirst() {
    Map<String, RunResult> together =
        Passes.together(
            List.of(result(Map.of("limits", "3", "whose", "ours"), 1), result(Map.of(), 2)));

    assertThat(together.keySet()).containsExactly("take ours 3", "take");
  }

  @Test
  void asksForOneJvmInEachPass() {
    ChainedOptionsBuilder options = new OptionsBuilder().forks(9);

    Passes.request(options, 3);

    assertThat(options.build().getForkCount().get()).isEqualTo(1);
    assertThat(options.build().getParameter("pass").get()).containsExactly("1", "2", "3");
  }

  /** Of one JVM, with one iteration for each of the times. */
  private static RunResult result(Map<String, String> parameters, int... nanos) {
    BenchmarkParams params = params(parameters);
    List<IterationResult> iterations = new ArrayList<>();
    for (int each : nanos) {
      IterationResult iteration = new IterationResult(params, ITERATION, null);
      iteration.addResult(
          new AverageTimeResult(ResultRole.PRIMARY, "take", 1, each, TimeUnit.NANOSECONDS));
      iterations.add(iteration);
    }
    return new RunResult(params, List.of(new BenchmarkResult(params, iterations)));
  }

  private static BenchmarkParams params(Map<String, String> parameters) {
    WorkloadParams workload = new WorkloadParams();
    parameters.forEach((name, value) -> workload.put(name, value, 0));
    return new BenchmarkParams(
        "Bench.take",
        "Bench_take",
        false,
        1,
        new int[] {1},
        List.of(),
        1,
        0,
        ITERATION,
        ITERATION,
        Mode.AverageTime,
        workload,
        TimeUnit.NANOSECONDS,
        1,
        "java",
        List.of(),
        "17",
        "vm",
        "17",
        "1.37",
        TimeValue.seconds(1));
  }
}
