package ai.powertools.router.extractive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which sentences have a term, so that those with none in common are never compared. */
final class Postings {
  private final Vectors vectors;
  private final Map<Integer, List<Posting>> byTerm = new HashMap<>();

  private record Posting(int sentence, double weight) {}

  Postings(Vectors vectors) {
    this.vectors = vectors;
    for (int i = 0; i < vectors.size(); i++) {
      int[] terms = vectors.terms(i);
      for (int j = 0; j < terms.length; j++) {
        byTerm
            .computeIfAbsent(terms[j], term -> new ArrayList<>())
            .add(new Posting(i, vectors.weights(i)[j]));
      }
    }
  }

  /** How alike one sentence is to each, into {@code similarity}. */
  void similarities(int sentence, double[] similarity) {
    Arrays.fill(similarity, 0);
    int[] terms = vectors.terms(sentence);
    for (int j = 0; j < terms.length; j++) {
      double weight = vectors.weights(sentence)[j];
      for (Posting posting : byTerm.getOrDefault(terms[j], List.of())) {
        similarity[posting.sentence()] += weight * posting.weight();
      }
    }
  }
}
