package ai.powertools.benchmarks;

import java.util.List;
import java.util.Map;

/** What all layers of {@code AiOrchestrator.ask} add to a bare HTTP call over loopback. */
final class Overhead implements Comparison {
  /** What every layer together may add, with ledger and session in memory. */
  private static final double MAY_ADD_MICROS = 100;

  /** Three durable writes: the reservation, the settlement, the exchange kept in the session. */
  private static final int DURABLE_WRITES = 3;

  @Override
  public String name() {
    return "overhead";
  }

  @Override
  public Class<?> benchmarks() {
    return OverheadBenchmark.class;
  }

  @Override
  public List<Figure> figures(Map<String, Measured> results) {
    double bare = results.getOrDefault("bareOkHttp", Measured.NOTHING).median();
    double write = results.getOrDefault("oneDurableWrite", Measured.NOTHING).median();
    double inMemory = results.getOrDefault("askInMemory", Measured.NOTHING).median();
    double durable = results.getOrDefault("askDurable", Measured.NOTHING).median();
    double allowed = bare + MAY_ADD_MICROS;
    return List.of(
        Figure.ratio("overhead-in-memory", inMemory, bare, allowed / bare),
        Figure.ratio("overhead-durable", durable, bare, (allowed + DURABLE_WRITES * write) / bare));
  }
}
