package ai.powertools.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;

/**
 * What counting tokens through our counters costs over the library that holds the vocabularies.
 *
 * <p>The peer's loops are compiled one way or another from JVM to JVM, which moves a single ratio
 * by a third either way; the mean of all is the figure.
 */
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
  public Mode mode() {
    return Mode.AverageTime;
  }

  @Override
  public List<Figure> figures(Map<String, Measured> results) {
    List<Figure> figures = new ArrayList<>();
    double logs = 0;
    for (String vocabulary : List.of("cl100k", "o200k")) {
      for (String length : List.of("words20", "kb2", "kb100")) {
        String of = vocabulary + " " + length;
        double ours = results.getOrDefault("text " + of, Measured.NOTHING).median();
        double peer = results.getOrDefault("textJtokkit " + of, Measured.NOTHING).median();
        figures.add(Figure.ratio("tokens of a text, " + of, ours, peer, Double.POSITIVE_INFINITY));
        logs += Math.log(ours / peer);
      }
    }
    double mean = Math.exp(logs / figures.size());
    figures.add(new Figure("tokens of a text, geometric mean", "ours/peer", mean, GOAL));
    return figures;
  }
}
