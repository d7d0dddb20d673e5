package ai.powertools.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * Contenders that take turns. JMH runs all forks of one benchmark before the next one, so that a
 * noisy minute hits one contender only. A benchmark with a parameter {@code pass} is run once for
 * each value of it, and JMH goes through parameters in alphabetical order, the first one changing
 * last: all contenders of a pass come one after the other if theirs is called something behind
 * {@code pass} in the alphabet. The passes are put together afterwards.
 */
final class Passes {
  private static final String PARAMETER = "pass";

  private Passes() {}

  /** So many passes, each with one JVM. */
  static void request(ChainedOptionsBuilder options, int passes) {
    String[] numbers =
        IntStream.rangeClosed(1, passes).mapToObj(Integer::toString).toArray(String[]::new);
    options.param(PARAMETER, numbers).forks(1);
  }

  /** Each benchmark by its name and the values of its parameters, with what all passes found. */
  static Map<String, RunResult> together(Collection<RunResult> results) {
    Map<String, List<BenchmarkResult>> found = new LinkedHashMap<>();
    for (RunResult result : results) {
      found
          .computeIfAbsent(label(result), label -> new ArrayList<>())
          .addAll(result.getBenchmarkResults());
    }
    Map<String, RunResult> together = new LinkedHashMap<>();
    found.forEach(
        (label, each) -> together.put(label, new RunResult(each.get(0).getParams(), each)));
    return together;
  }

  private static String label(RunResult result) {
    StringBuilder label = new StringBuilder(result.getPrimaryResult().getLabel());
    for (String name : new TreeSet<>(result.getParams().getParamsKeys()).descendingSet()) {
      if (!name.equals(PARAMETER)) {
        label.append(' ').append(result.getParams().getParam(name));
      }
    }
    return label.toString();
  }
}
