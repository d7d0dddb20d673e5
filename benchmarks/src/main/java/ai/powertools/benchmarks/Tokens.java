package ai.powertools.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What counting tokens through our counters costs over the library that holds the vocabularies. */
final class Tokens implements Comparison {
  /** The peer's time is to be at least 0.95 times ours. */
  private static final double GOAL = 1 / 0.95;

  @Override
  public String name() {
    return "tokens";
  }

  @Override
  public Class<?> benchmarks() {
    return TokensBenchmark.class;
  }

  @Override
  public List<Ratio> ratios(Map<String, Double> medianMicros) {
    List<Ratio> ratios = new ArrayList<>();
    for (String vocabulary : List.of("o200k", "cl100k")) {
      for (String length : List.of("Short", "Medium", "Long")) {
        for (String what : List.of("Text", "Prompt")) {
          String benchmark = vocabulary + length + what;
          double ours = medianMicros.getOrDefault(benchmark, Double.NaN);
          double peer = medianMicros.getOrDefault(benchmark + "Jtokkit", Double.NaN);
          ratios.add(new Ratio("tokens-" + benchmark, ours / peer, GOAL));
        }
      }
    }
    return ratios;
  }
}
