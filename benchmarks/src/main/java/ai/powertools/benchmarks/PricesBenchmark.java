package ai.powertools.benchmarks;

import ai.powertools.models.CallTerms;
import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Pricing;
import ai.powertools.models.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Pricing one call from the bundled catalog, to a cost with its lines. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PricesBenchmark {
  private static final CallTerms TERMS = CallTerms.at(Instant.parse("2026-08-01T12:00:00Z"));
  private static final CallTerms BATCH = TERMS.tier("batch");

  private final Pricing pricing = ModelCatalog.bundled().pricing();
  private final Model mini = ModelCatalog.bundled().require("gpt-5-mini");
  private final Model gpt = ModelCatalog.bundled().require("gpt-5.4");
  private final Model claude = ModelCatalog.bundled().require("claude-sonnet-4-6");
  private BigDecimal input = new BigDecimal("0.25");
  private BigDecimal output = new BigDecimal("2");
  private Usage plain = Usage.of(1_200, 350);
  private Usage cached = new Usage(12_000, 9_000, 2_000, 350, 120);

  /** Input and output. */
  @Benchmark
  public Cost plainCall() {
    return pricing.cost(mini, plain, TERMS);
  }

  /** Input, cache reads, cache writes and output, with prices for all of them. */
  @Benchmark
  public Cost cachedCall() {
    return pricing.cost(claude, cached, TERMS);
  }

  /** Another tier than the standard one. */
  @Benchmark
  public Cost batchCall() {
    return pricing.cost(gpt, plain, BATCH);
  }

  /** The multiplications and the sum alone: no model, no terms, no lines. */
  @Benchmark
  public BigDecimal bareDecimals() {
    return input
        .multiply(BigDecimal.valueOf(plain.inputTokens()))
        .movePointLeft(6)
        .add(output.multiply(BigDecimal.valueOf(plain.outputTokens())).movePointLeft(6));
  }
}
