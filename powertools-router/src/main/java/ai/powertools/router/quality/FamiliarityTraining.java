package ai.powertools.router.quality;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Learns what prompts of the training are like. A word is known that two of its prompts have; when
 * one of these prompts itself is measured, two others must have it, or it would look more familiar
 * than a new one.
 */
final class FamiliarityTraining {
  private static final int PROMPTS_WITH_WORD = 2;

  private FamiliarityTraining() {}

  /**
   * @param features at least one prompt
   * @param weighted its terms, in the same order
   */
  static Familiarity train(List<Features> features, List<SparseTerms> weighted) {
    Map<String, Integer> prompts = new HashMap<>();
    for (Features of : features) {
      new HashSet<>(of.terms()).forEach(word -> prompts.merge(word, 1, Integer::sum));
    }
    Set<String> known = new HashSet<>();
    prompts.forEach(
        (word, count) -> {
          if (count >= PROMPTS_WITH_WORD) {
            known.add(word);
          }
        });
    float[] center = center(weighted);
    Scaling scaling = Scaling.of(features.stream().map(Features::counted).toList());
    return new Familiarity(
        WordFilter.of(known),
        center,
        scaling,
        Ramp.over(features.stream().mapToDouble(of -> knownElsewhere(of, prompts)).toArray()),
        Ramp.over(weighted.stream().mapToDouble(of -> Familiarity.likeness(of, center)).toArray()),
        Ramp.over(
            features.stream().mapToDouble(of -> Familiarity.nearness(of, scaling)).toArray()));
  }

  private static double knownElsewhere(Features features, Map<String, Integer> prompts) {
    long known =
        features.terms().stream()
            .filter(word -> prompts.getOrDefault(word, 0) > PROMPTS_WITH_WORD)
            .count();
    return (double) known / Math.max(1, features.terms().size());
  }

  private static float[] center(List<SparseTerms> weighted) {
    double[] sums = new double[SparseTerms.BUCKETS];
    for (SparseTerms terms : weighted) {
      for (int i = 0; i < terms.size(); i++) {
        sums[terms.bucket(i)] += terms.weight(i);
      }
    }
    float[] center = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      center[i] = (float) (sums[i] / weighted.size());
    }
    return center;
  }
}
