package ai.powertools.benchmarks;

import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** The first use of the bundled catalog. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StartBenchmark {
  /** All names, no row. */
  @Benchmark
  public ModelCatalog catalog() {
    return ModelCatalog.bundled();
  }

  /** All names and a row, which brings in the parser. */
  @Benchmark
  public Model catalogAndOneModel() {
    return ModelCatalog.bundled().require("gpt-5-mini");
  }
}
