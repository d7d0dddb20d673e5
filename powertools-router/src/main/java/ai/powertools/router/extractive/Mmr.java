package ai.powertools.router.extractive;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Takes sentences one by one, each for what it says less what it repeats of those taken before.
 * Maximal marginal relevance of J. Carbonell and J. Goldstein, <a
 * href="https://doi.org/10.1145/290941.291025">The Use of MMR, Diversity-Based Reranking</a>, SIGIR
 * 1998.
 */
final class Mmr {
  /** Their lambda: how much what a sentence says counts against what it repeats. */
  private static final double RELEVANCE = 0.7;

  /** What resembles a taken one this much says the same, and is left out. */
  private static final double SAME = 0.8;

  private final Vectors vectors;
  private final double[] scores;
  private final double best;

  /** The similarity to the nearest of the taken ones; 1 for themselves. */
  private final double[] repeats;

  Mmr(Vectors vectors, double[] scores) {
    this.vectors = vectors;
    this.scores = scores;
    this.best = Arrays.stream(scores).max().orElse(1);
    this.repeats = new double[scores.length];
  }

  /** Takes the best that is allowed, the earlier of equals; empty when none is left. */
  OptionalInt next(IntPredicate allowed) {
    int next = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      double merit = RELEVANCE * scores[i] / best - (1 - RELEVANCE) * repeats[i];
      if (merit > most && repeats[i] < SAME && allowed.test(i)) {
        next = i;
        most = merit;
      }
    }
    if (next < 0) {
      return OptionalInt.empty();
    }
    for (int i = 0; i < repeats.length; i++) {
      repeats[i] = Math.max(repeats[i], vectors.similarity(i, next));
    }
    repeats[next] = 1; // also if it has no term, and so resembles nothing
    return OptionalInt.of(next);
  }
}
