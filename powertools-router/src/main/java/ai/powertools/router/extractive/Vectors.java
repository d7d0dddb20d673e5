package ai.powertools.router.extractive;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sentences as vectors of unit length, one dimension a term, weighted by how often the sentence has
 * it times {@code ln(1 + N/n)}, where n of the N sentences have it. The scalar product of two is
 * their idf-modified cosine, as in Erkan and Radev 2004, section 3.
 */
final class Vectors {
  private final int[][] terms;
  private final double[][] weights;

  private Vectors(int[][] terms, double[][] weights) {
    this.terms = terms;
    this.weights = weights;
  }

  /** Vectors of sentences, given the numbers of their terms. */
  static Vectors of(List<int[]> sentences, int vocabulary) {
    int[] sentencesWith = new int[vocabulary];
    int[][] terms = new int[sentences.size()][];
    double[][] weights = new double[sentences.size()][];
    for (int i = 0; i < terms.length; i++) {
      terms[i] = Arrays.stream(sentences.get(i)).sorted().distinct().toArray();
      for (int term : terms[i]) {
        sentencesWith[term]++;
      }
    }
    for (int i = 0; i < terms.length; i++) {
      weights[i] = weights(sentences.get(i), terms[i], sentencesWith, terms.length);
    }
    return new Vectors(terms, weights);
  }

  private static double[] weights(int[] sentence, int[] terms, int[] sentencesWith, int sentences) {
    double[] weights = new double[terms.length];
    for (int term : sentence) {
      int at = Arrays.binarySearch(terms, term);
      weights[at] += Math.log1p((double) sentences / sentencesWith[term]);
    }
    double norm = Math.sqrt(Arrays.stream(weights).map(weight -> weight * weight).sum());
    for (int j = 0; j < weights.length; j++) {
      weights[j] /= norm;
    }
    return weights;
  }

  int size() {
    return terms.length;
  }

  /** The terms of a sentence, each once, ascending. */
  int[] terms(int sentence) {
    return terms[sentence];
  }

  /** The weights of these terms. */
  double[] weights(int sentence) {
    return weights[sentence];
  }

  /** How alike two sentences are: 0 with no term in common, 1 with all of them as often. */
  double similarity(int one, int other) {
    double sum = 0;
    int i = 0;
    int j = 0;
    while (i < terms[one].length && j < terms[other].length) {
      int difference = terms[one][i] - terms[other][j];
      if (difference == 0) {
        sum += weights[one][i++] * weights[other][j++];
      } else if (difference < 0) {
        i++;
      } else {
        j++;
      }
    }
    return sum;
  }

  /** How alike each sentence is to the middle of all, up to a factor that is the same for all. */
  double[] centrality() {
    Map<Integer, Double> centroid = new HashMap<>();
    for (int i = 0; i < terms.length; i++) {
      for (int j = 0; j < terms[i].length; j++) {
        centroid.merge(terms[i][j], weights[i][j], Double::sum);
      }
    }
    double[] centrality = new double[terms.length];
    for (int i = 0; i < terms.length; i++) {
      for (int j = 0; j < terms[i].length; j++) {
        centrality[i] += weights[i][j] * centroid.getOrDefault(terms[i][j], 0.0);
      }
    }
    return centrality;
  }
}
