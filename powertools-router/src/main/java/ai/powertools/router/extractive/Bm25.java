package ai.powertools.router.extractive;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well passages fit a question, by the words that they share: rare words count for more, a word
 * said again counts for less each time, and long passages get no credit for their length. BM25 of
 * S. Robertson and H. Zaragoza, <a href="https://doi.org/10.1561/1500000019">The Probabilistic
 * Relevance Framework: BM25 and Beyond</a>, 2009, section 3. The inverse document frequency has one
 * added under the logarithm, as in Lucene's BM25Similarity, so that it is never negative.
 */
final class Bm25 {
  /**
   * K. Spärck Jones, S. Walker and S. E. Robertson, <a
   * href="https://doi.org/10.1016/S0306-4573(00)00015-7">A probabilistic model of information
   * retrieval: development and comparative experiments</a>, 2000, part 2: k1 from 1.2 to 2, b about
   * 0.75.
   */
  private static final double K1 = 1.2;

  private static final double B = 0.75;

  private final List<int[]> passages;
  private final double averageLength;
  private final Map<Integer, Integer> passagesWith = new HashMap<>();

  /**
   * An index.
   *
   * @param passages the terms of each, as often as they are there
   */
  Bm25(List<int[]> passages) {
    this.passages = List.copyOf(passages);
    long length = 0;
    for (int[] terms : passages) {
      length += terms.length;
      Set<Integer> met = new HashSet<>();
      for (int term : terms) {
        if (met.add(term)) {
          passagesWith.merge(term, 1, Integer::sum);
        }
      }
    }
    this.averageLength = Math.max(1, (double) length / Math.max(1, passages.size()));
  }

  /** The score of each passage; 0 where it has none of the terms. */
  double[] scores(Set<Integer> question) {
    double[] scores = new double[passages.size()];
    for (int i = 0; i < scores.length; i++) {
      int[] terms = passages.get(i);
      Map<Integer, Integer> counts = new HashMap<>();
      for (int term : terms) {
        if (question.contains(term)) {
          counts.merge(term, 1, Integer::sum);
        }
      }
      double saturation = K1 * (1 - B + B * terms.length / averageLength);
      for (int term : question) {
        int count = counts.getOrDefault(term, 0);
        scores[i] += inverseFrequency(term) * count * (K1 + 1) / (count + saturation);
      }
    }
    return scores;
  }

  private double inverseFrequency(int term) {
    int with = passagesWith.getOrDefault(term, 0);
    return Math.log1p((passages.size() - with + 0.5) / (with + 0.5));
  }
}
