package ai.powertools.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
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
  private static final List<Comparison> ALL = List.of(new Overhead(), new Tokens());

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
            .mode(Mode.SampleTime)
            .forks(quick ? 1 : 3)
            .warmupIterations(quick ? 2 : 5)
            .warmupTime(TimeValue.seconds(quick ? 1 : 2))
            .measurementIterations(quick ? 3 : 5)
            .measurementTime(TimeValue.seconds(quick ? 1 : 2))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    json.ifPresent(file -> options.resultFormat(ResultFormatType.JSON).result(file));
    Map<String, Double> medians = new TreeMap<>();
    System.out.printf(
        Locale.ROOT, "%-28s %12s %12s %10s%n", comparison.name(), "p50 µs", "p99 µs", "samples");
    for (RunResult result : new Runner(options.build()).run()) {
      String label = result.getPrimaryResult().getLabel();
      Statistics statistics = result.getPrimaryResult().getStatistics();
      medians.put(label, statistics.getPercentile(50));
      System.out.printf(
          Locale.ROOT,
          "%-28s %12.1f %12.1f %10d%n",
          label,
          statistics.getPercentile(50),
          statistics.getPercentile(99),
          statistics.getN());
    }
    for (Comparison.Ratio ratio : comparison.ratios(medians)) {
      System.out.printf(
          Locale.ROOT,
          "ratio %s ours/peer = %.2f (goal <= %.2f)%n",
          ratio.what(),
          ratio.value(),
          ratio.goal());
    }
  }
}
