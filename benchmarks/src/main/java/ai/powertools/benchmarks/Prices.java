package ai.powertools.benchmarks;

import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;

/** What it takes to price one call, over the bare arithmetic in decimals. */
final class Prices implements Comparison {
  /** Nanoseconds that pricing a call may take. */
  private static final double GOAL_NANOS = 300;

  /** There is no goal; the figure is for looking at. */
  private static final double ANY = Double.POSITIVE_INFINITY;

  @Override
  public String name() {
    return "prices";
  }

  @Override
  public Class<?> benchmarks() {
    return PricesBenchmark.class;
  }

  @Override
  public Mode mode() {
    return Mode.AverageTime;
  }

  @Override
  public List<Figure> figures(Map<String, Measured> results) {
    Measured plain = results.getOrDefault("plainCall", Measured.NOTHING);
    Measured cached = results.getOrDefault("cachedCall", Measured.NOTHING);
    Measured tiered = results.getOrDefault("batchCall", Measured.NOTHING);
    Measured bare = results.getOrDefault("bareDecimals", Measured.NOTHING);
    return List.of(
        new Figure("input and output", "ns", plain.median(), GOAL_NANOS),
        new Figure("input and output", "B", plain.bytes(), ANY),
        new Figure("with cache reads and writes", "ns", cached.median(), GOAL_NANOS),
        new Figure("with cache reads and writes", "B", cached.bytes(), ANY),
        new Figure("batch tier", "ns", tiered.median(), GOAL_NANOS),
        Figure.ratio("input and output to bare decimals", plain.median(), bare.median(), ANY));
  }
}
