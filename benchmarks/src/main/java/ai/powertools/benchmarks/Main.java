package ai.powertools.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs one comparison and prints its table and ratios. */
public final class Main {
  private static final List<Comparison> ALL =
      List.of(
          new CostTracking(),
          new Decode(),
          new Limiting(),
          new Overhead(),
          new Prices(),
          new Retries(),
          new Route(),
          new SessionKeeping(),
          new Start(),
          new Tokens());

  private Main() {}

  /** {@code NAME [--quick] [--json FILE] [-Dname=value …]}; without a name, lists the names. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    Optional<Comparison> chosen =
        ALL.stream()
            .filter(comparison -> !words.isEmpty() && comparison.name().equals(words.get(0)))
            .findFirst();
    if (chosen.isEmpty()) {
      System.err.println(
          "usage: benchmarks/run NAME [--quick] [--json FILE] [-Dname=value …], NAME one of "
              + ALL.stream().map(Comparison::name).toList());
      Runtime.getRuntime().exit(2);
      return;
    }
    words.stream().filter(word -> word.startsWith("-D")).forEach(Main::setProperty);
    int json = words.indexOf("--json");
    Optional<String> file =
        json >= 0 && json + 1 < words.size() ? Optional.of(words.get(json + 1)) : Optional.empty();
    // JMH starts its forks with the options of this JVM, not with its properties.
    String[] definitions =
        words.stream().filter(word -> word.startsWith("-D")).toArray(String[]::new);
    run(chosen.get(), words.contains("--quick"), file, definitions);
  }

  private static void setProperty(String word) {
    String[] halves = word.substring(2).split("=", 2);
    System.setProperty(halves[0], halves.length == 2 ? halves[1] : "");
  }

  private static void run(
      Comparison comparison, boolean quick, Optional<String> json, String... definitions)
      throws Exception {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(comparison.benchmarks().getName() + "\\.")
            .mode(comparison.mode())
            .addProfiler(GCProfiler.class)
            .addProfiler(LoadAverage.class)
            .addProfiler(ProcessorTime.class)
            .jvmArgsAppend(definitions)
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
          .warmupIterations(comparison.warmUps())
          .warmupTime(TimeValue.milliseconds(500))
          .measurementIterations(4)
          .measurementTime(TimeValue.milliseconds(500));
    }
    if (comparison.mode() == Mode.SingleShotTime) {
      options.forks(quick ? 5 : 11).warmupIterations(0).measurementIterations(1);
    }
    comparison.tune(options, quick);
    json.ifPresent(file -> options.resultFormat(ResultFormatType.JSON).result(file));
    Map<String, Comparison.Measured> results = new TreeMap<>();
    Map<String, RunResult> runs = Passes.together(new Runner(options.build()).run());
    for (Map.Entry<String, RunResult> run : runs.entrySet()) {
      RunResult result = run.getValue();
      if (results.isEmpty()) {
        System.out.printf(
            Locale.ROOT,
            "%-34s %12s %12s %12s %12s %10s %6s%n",
            comparison.name(),
            "p50 " + unit(result),
            "p99 " + unit(result),
            "B/op",
            "CPU ns/op",
            "samples",
            "load");
      }
      Statistics statistics = result.getPrimaryResult().getStatistics();
      Comparison.Measured measured =
          new Comparison.Measured(
              statistics.getPercentile(50),
              secondary(result, "gc.alloc.rate.norm"),
              secondary(result, ProcessorTime.LABEL));
      results.put(run.getKey(), measured);
      System.out.printf(
          Locale.ROOT,
          "%-34s %12.1f %12.1f %12.0f %12.0f %10d %6.1f%n",
          run.getKey(),
          measured.median(),
          statistics.getPercentile(99),
          measured.bytes(),
          measured.processorNanos(),
          statistics.getN(),
          secondary(result, LoadAverage.LABEL));
    }
    FigureLines figures = new FigureLines(System.out);
    comparison.figures(results).forEach(figures::print);
    comparison.measure(quick, figures::print);
    if (json.isPresent()) {
      figures.addTo(Path.of(json.get()));
    }
  }

  /** {@code us/op} without what it is per. */
  private static String unit(RunResult result) {
    return result.getPrimaryResult().getScoreUnit().replace("/op", "").replace("us", "µs");
  }

  /** What a profiler has found; NaN when it has found nothing. */
  private static double secondary(RunResult result, String label) {
    for (Map.Entry<String, ?> secondary : result.getSecondaryResults().entrySet()) {
      if (secondary.getKey().endsWith(label) && secondary.getValue() instanceof Result<?> found) {
        return found.getScore();
      }
    }
    return Double.NaN;
  }
}
