package ai.powertools.router.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a model of judged prompts, part by part. */
final class QualityTraining {
  private static final int LEAST_ROWS = 20;

  /** On the weights of the sum; found by validation. */
  private static final double PENALTY = 100;

  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Features> features = new ArrayList<>();
  private final List<SparseTerms> terms = new ArrayList<>();

  private QualityTraining() {}

  static QualityModel train(List<Outcome> outcomes) {
    if (outcomes.size() < LEAST_ROWS) {
      throw new IllegalArgumentException(
          "A model needs at least %d rows to learn from, not %d."
              .formatted(LEAST_ROWS, outcomes.size()));
    }
    List<Features> features =
        outcomes.stream().map(outcome -> Features.of(outcome.prompt())).toList();
    List<SparseTerms> counted =
        features.stream().map(feature -> SparseTerms.of(feature.terms())).toList();
    float[] rarity = SparseTerms.rarity(counted);
    QualityTraining all = new QualityTraining();
    QualityTraining choice = new QualityTraining();
    QualityTraining open = new QualityTraining();
    for (int row = 0; row < counted.size(); row++) {
      SparseTerms weighted = counted.get(row).weighted(rarity);
      all.add(outcomes.get(row), features.get(row), weighted);
      (features.get(row).choice() ? choice : open)
          .add(outcomes.get(row), features.get(row), weighted);
    }
    return QualityModel.of(
        rarity,
        new Answers(
            ForestTraining.train(outcomes, features),
            open.sum(),
            SubjectTraining.train(all.outcomes, all.terms)),
        new Acquaintance(choice.familiarity(), open.familiarity()));
  }

  private void add(Outcome outcome, Features of, SparseTerms weighted) {
    outcomes.add(outcome);
    features.add(of);
    terms.add(weighted);
  }

  private Optional<LinearModel> sum() {
    return outcomes.size() < LEAST_ROWS
        ? Optional.empty()
        : Optional.of(LinearModel.train(outcomes, features, PENALTY));
  }

  private Optional<Familiarity> familiarity() {
    return outcomes.size() < LEAST_ROWS
        ? Optional.empty()
        : Optional.of(FamiliarityTraining.train(features, terms));
  }
}
