package ai.powertools.router.extractive;

import java.util.Arrays;

/**
 * How central each sentence is: sentences recommend those that they resemble, and the word of a
 * sentence that is itself recommended counts for more. Continuous LexRank of G. Erkan and D. R.
 * Radev, <a href="https://doi.org/10.1613/jair.1523">LexRank: Graph-based Lexical Centrality as
 * Salience in Text Summarization</a>, JAIR 22, 2004; damping and threshold are theirs.
 *
 * @implNote Sentences meet only through terms that both have, and only links at or above the
 *     threshold are kept. Still that is quadratic when all sentences have the same words, hence
 *     {@link #MOST}.
 */
final class LexRank {
  /** The most sentences that are ranked; of more, {@link Digest} takes the most central. */
  static final int MOST = 1_000;

  /** Erkan and Radev, section 3.1: below 0.1 too many links are between unrelated sentences. */
  private static final double THRESHOLD = 0.1;

  /** Erkan and Radev, equation 4: the chance to jump to any sentence, as in PageRank. */
  private static final double JUMP = 0.15;

  private static final double TOLERANCE = 1e-6;
  private static final int MOST_ROUNDS = 100;

  private final int[][] links;
  private final double[][] shares;

  private LexRank(int sentences) {
    this.links = new int[sentences][];
    this.shares = new double[sentences][];
  }

  /** A score for each sentence; they sum to 1. */
  static double[] scores(Vectors vectors, Checkpoint checkpoint) {
    LexRank graph = new LexRank(vectors.size());
    Postings postings = new Postings(vectors);
    double[] similarity = new double[vectors.size()];
    for (int i = 0; i < vectors.size(); i++) {
      checkpoint.pass("comparing sentences");
      postings.similarities(i, similarity);
      graph.link(i, similarity);
    }
    return graph.rank(checkpoint);
  }

  private void link(int sentence, double[] similarity) {
    similarity[sentence] = 1; // also for one without any term, so that no row is empty
    int[] near = new int[similarity.length];
    int count = 0;
    double sum = 0;
    for (int j = 0; j < similarity.length; j++) {
      if (similarity[j] >= THRESHOLD) {
        near[count++] = j;
        sum += similarity[j];
      }
    }
    links[sentence] = Arrays.copyOf(near, count);
    shares[sentence] = new double[count];
    for (int k = 0; k < count; k++) {
      shares[sentence][k] = similarity[near[k]] / sum;
    }
  }

  /** The stationary distribution, by the power method. */
  private double[] rank(Checkpoint checkpoint) {
    int n = links.length;
    double[] scores = new double[n];
    Arrays.fill(scores, 1.0 / n);
    double change = 1;
    for (int round = 0; round < MOST_ROUNDS && change > TOLERANCE; round++) {
      checkpoint.pass("ranking sentences");
      double[] next = new double[n];
      Arrays.fill(next, JUMP / n);
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < links[i].length; k++) {
          next[links[i][k]] += (1 - JUMP) * shares[i][k] * scores[i];
        }
      }
      change = 0;
      for (int i = 0; i < n; i++) {
        change += Math.abs(next[i] - scores[i]);
      }
      scores = next;
    }
    return scores;
  }
}
