package ai.powertools.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs one comparison and prints its table and ratios. */
public final class Main {
  private static final List<Comparison> ALL =
      List.of(new Decode(), new Overhead(), new Prices(), new Route(), new Start(), new Tokens());

  private Main() {}

  /** {@code NAME [--quick] [--json FILE]}; without a name, lists the names. */
  public static void main(String[] arguments) throws RunnerException {
    List<String> words = List.of(arguments);
    Optional<Comparison> chosen =
        ALL.stream()
            .filter(comparison -> !words.isEmpty() && comparison.name().equals(words.get(0)))
            .findFirst();
    if (chosen.isEmpty()) {
      System.err.println(
          "usage: benchmarks/run NAME [--quick] [--json FILE], NAME one of "
              + ALL.stream().map(Comparison::name).toList());
      Runtime.getRuntime().exit(2);
      return;
    }
    int json = words.indexOf("--json");
    Optional<String> file =
        json >= 0 && json + 1 < words.size() ? Optional.of(words.get(json + 1)) : Optional.empty();
    run(chosen.get(), words.contains("--quick"), file);
  }

  private static void run(Comparison comparison, boolean quick, Optional<String> json)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(comparison.benchmarks().getName() + "\\.")
            .mode(comparison.mode())
            .addProfiler(GCProfiler.class)
            .forks(quick ? 1 : 3)
            .warmupIterations(quick ? 2 : 5)
            .warmupTime(TimeValue.seconds(quick ? 1 : 2))
            .measurementIterations(quick ? 3 : 5)
            .measurementTime(TimeValue.seconds(quick ? 1 : 2))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    if (comparison.mode() == Mode.AverageTime) {
      // What is compiled how differs from JVM to JVM more than within one: many, and short.
      options
          .forks(quick ? 3 : 9)
          .warmupIterations(3)
          .warmupTime(TimeValue.milliseconds(500))
          .measurementIterations(4)
          .measurementTime(TimeValue.milliseconds(500));
    }
    if (comparison.mode() == Mode.SingleShotTime) {
      options.forks(quick ? 5 : 11).warmupIterations(0).measurementIterations(1);
    }
    json.ifPresent(file -> options.resultFormat(ResultFormatType.JSON).result(file));
    Map<String, Comparison.Measured> results = new TreeMap<>();
    for (RunResult result : new Runner(options.build()).run()) {
      if (results.isEmpty()) {
        System.out.printf(
            Locale.ROOT,
            "%-34s %12s %12s %12s %10s%n",
            comparison.name(),
            "p50 " + unit(result),
            "p99 " + unit(result),
            "B/op",
            "samples");
      }
      Statistics statistics = result.getPrimaryResult().getStatistics();
      Comparison.Measured measured =
          new Comparison.Measured(statistics.getPercentile(50), bytes(result));
      results.put(label(result), measured);
      System.out.printf(
          Locale.ROOT,
          "%-34s %12.1f %12.1f %12.0f %10d%n",
          label(result),
          measured.median(),
          statistics.getPercentile(99),
          measured.bytes(),
          statistics.getN());
    }
    for (Comparison.Figure figure : comparison.figures(results)) {
      String goal =
          Double.isInfinite(figure.goal())
              ? ""
              : String.format(Locale.ROOT, " (goal <= %.2f)", figure.goal());
      System.out.printf(
          Locale.ROOT, "%s: %.2f %s%s%n", figure.what(), figure.value(), figure.unit(), goal);
    }
  }

  /** {@code us/op} without what it is per. */
  private static String unit(RunResult result) {
    return result.getPrimaryResult().getScoreUnit().replace("/op", "").replace("us", "µs");
  }

  /** The name of the method and the values of its parameters. */
  private static String label(RunResult result) {
    StringBuilder label = new StringBuilder(result.getPrimaryResult().getLabel());
    for (String name : new TreeSet<>(result.getParams().getParamsKeys()).descendingSet()) {
      label.append(' ').append(result.getParams().getParam(name));
    }
    return label.toString();
  }

  private static double bytes(RunResult result) {
    for (Map.Entry<String, ?> secondary : result.getSecondaryResults().entrySet()) {
      if (secondary.getKey().endsWith("gc.alloc.rate.norm")
          && secondary.getValue() instanceof Result<?> allocated) {
        return allocated.getScore();
      }
    }
    return Double.NaN;
  }
}
