package ai.powertools.benchmarks;

import ai.powertools.testing.RedisServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What it takes to be let through and to be refused, in memory, beside the limiters that people
 * have; and how many decisions about one key there are a second when it is shared over Redis.
 */
final class Limiting implements Comparison {
  /** What one request may take of the best peer's time. */
  private static final double PERMIT_GOAL = 1;

  /** What a refusal may take of Resilience4j's time. */
  private static final double REFUSE_GOAL = 0.6;

  /** The smallest object has 16 bytes: less than one in 160 calls is the profiler's own. */
  private static final double NO_BYTES = 0.1;

  private static final int PASSES = 5;
  private static final String OURS = "ours";
  private static final String OURS_WITH_PERMIT = "ours-permit";
  private static final String RESILIENCE4J = "resilience4j";
  private static final List<String> PEERS =
      List.of(RESILIENCE4J, "bucket4j", "guava", "failsafe-bursty", "failsafe-smooth");

  @Override
  public String name() {
    return "limits";
  }

  @Override
  public Class<?> benchmarks() {
    return LimitingBenchmark.class;
  }

  @Override
  public Mode mode() {
    return Mode.AverageTime;
  }

  @Override
  public void tune(ChainedOptionsBuilder options, boolean quick) {
    Passes.request(options, quick ? 1 : PASSES);
    options
        // Compiled when it is called often enough, not when a busy machine gets around to it.
        .jvmArgsPrepend("-Xbatch")
        .warmupIterations(4)
        .warmupTime(TimeValue.milliseconds(quick ? 100 : 300))
        .measurementIterations(5)
        .measurementTime(TimeValue.milliseconds(quick ? 80 : 200));
  }

  @Override
  public List<Figure> figures(Map<String, Measured> results) {
    List<Figure> figures = new ArrayList<>();
    double clock = results.getOrDefault("nanoTime", Measured.NOTHING).median();
    figures.add(Figure.shown("asking the clock once", "ns", clock));
    for (Case each : Case.all()) {
      figures.addAll(times(each, results));
      if (each.threads() == 1) {
        double bytes = each.of(OURS, results).bytes();
        figures.add(new Figure(each + ", ours", "B", bytes, NO_BYTES));
      }
      Measured closed = each.of(OURS_WITH_PERMIT, results);
      figures.add(Figure.shown(each + ", ours with a permit to close", "ns", closed.median()));
      figures.add(Figure.shown(each + ", ours with a permit to close", "B", closed.bytes()));
    }
    return figures;
  }

  /**
   * What ours took of the best peer's time, or of Resilience4j's; and of its processor time, in
   * which other people's work is not.
   */
  private static List<Figure> times(Case each, Map<String, Measured> results) {
    List<String> peers = each.grants() ? PEERS : List.of(RESILIENCE4J);
    double goal = each.grants() ? PERMIT_GOAL : REFUSE_GOAL;
    return List.of(
        ratio(each, "", goal, peers, peer -> each.of(peer, results).median()),
        ratio(
            each,
            ", processor time",
            Double.POSITIVE_INFINITY,
            peers,
            peer -> each.of(peer, results).processorNanos()));
  }

  private static Figure ratio(
      Case each, String of, double goal, List<String> peers, ToDoubleFunction<String> time) {
    String best = peers.stream().min(Comparator.comparingDouble(time)).orElseThrow();
    String what = each + ", ours to " + best + of;
    return Figure.ratio(what, time.applyAsDouble(OURS), time.applyAsDouble(best), goal);
  }

  @Override
  public void measure(boolean quick, Consumer<Figure> told) throws Exception {
    RedisServer server = RedisServer.shared();
    server.flushAll();
    new HotKeys(HotKeys.all(), HotKeys.Spans.of(quick), told).measure(server.uri());
  }

  /**
   * What is measured of each limiter.
   *
   * @param grants whether the request is granted, or refused
   * @param threads that share the limiter
   * @param limits that it holds at once
   */
  private record Case(boolean grants, int threads, int limits) {
    static List<Case> all() {
      List<Case> all = new ArrayList<>();
      for (boolean grants : new boolean[] {true, false}) {
        for (int threads : new int[] {1, 2}) {
          for (int limits : new int[] {1, 3}) {
            all.add(new Case(grants, threads, limits));
          }
        }
      }
      return all;
    }

    Measured of(String whose, Map<String, Measured> results) {
      String method = (grants ? "permit" : "refuse") + (threads == 1 ? "" : "ByTwo");
      return results.getOrDefault(method + " " + whose + " " + limits, Measured.NOTHING);
    }

    @Override
    public String toString() {
      return "%s, %d %s, %d %s"
          .formatted(
              grants ? "permit" : "refusal",
              threads,
              threads == 1 ? "thread" : "threads",
              limits,
              limits == 1 ? "limit" : "limits");
    }
  }
}
