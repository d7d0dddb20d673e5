package ai.powertools.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a decision takes, and what the router adds to a call that takes no time itself. */
final class Route implements Comparison {
  /** Microseconds that a decision among ten models may take. */
  private static final double FEW_MICROS = 5;

  /** Microseconds that a decision among three hundred models may take. */
  private static final double MANY_MICROS = 50;

  /** Microseconds that a whole call may take over the provider's own. */
  private static final double ADDS_MICROS = 20;

  /** Microseconds that a prediction for a prompt of 1 kB may take. */
  private static final double PREDICT_MICROS = 200;

  /** Bytes that a whole call may take over the provider's own. */
  private static final double ADDS_BYTES = 4_096;

  /** There is no goal; the figure is for looking at. */
  private static final double ANY = Double.POSITIVE_INFINITY;

  @Override
  public String name() {
    return "route";
  }

  @Override
  public Class<?> benchmarks() {
    return RouteBenchmark.class;
  }

  @Override
  public List<Figure> figures(Map<String, Measured> results) {
    List<Figure> figures = new ArrayList<>();
    for (String strategy : List.of("cheapest", "balanced")) {
      for (int models : new int[] {10, 300}) {
        Measured plan =
            results.getOrDefault("plan %s %d".formatted(strategy, models), Measured.NOTHING);
        String what = "decision among %d, %s".formatted(models, strategy);
        double goal = models == 10 ? FEW_MICROS : MANY_MICROS;
        figures.add(new Figure(what, "µs", plan.median(), goal));
        figures.add(new Figure(what, "B", plan.bytes(), ANY));
      }
    }
    Measured predict = results.getOrDefault("predict", Measured.NOTHING);
    figures.add(new Figure("prediction of quality, 1 kB", "µs", predict.median(), PREDICT_MICROS));
    Measured bare = results.getOrDefault("bareProvider", Measured.NOTHING);
    Measured peer = results.getOrDefault("plainLangChain4j", Measured.NOTHING);
    for (int models : new int[] {1, 3}) {
      Measured call = results.getOrDefault("route " + models, Measured.NOTHING);
      String what = "added to a call, models: " + models;
      figures.add(new Figure(what, "µs", call.median() - bare.median(), ADDS_MICROS));
      figures.add(new Figure(what, "B", call.bytes() - bare.bytes(), ADDS_BYTES));
      figures.add(
          Figure.ratio(
              "routed call to LangChain4j's plain one, models: " + models,
              call.median(),
              peer.median(),
              ANY));
    }
    return figures;
  }
}
