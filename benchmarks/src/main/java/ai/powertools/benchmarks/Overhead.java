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
  public List<Ratio> ratios(Map<String, Double> medianMicros) {
    double bare = medianMicros.getOrDefault("bareOkHttp", Double.NaN);
    double write = medianMicros.getOrDefault("oneDurableWrite", Double.NaN);
    double inMemory = medianMicros.getOrDefault("askInMemory", Double.NaN);
    double durable = medianMicros.getOrDefault("askDurable", Double.NaN);
    double allowed = bare + MAY_ADD_MICROS;
    return List.of(
        new Ratio("overhead-in-memory", inMemory / bare, allowed / bare),
        new Ratio("overhead-durable", durable / bare, (allowed + DURABLE_WRITES * write) / bare));
  }
}
