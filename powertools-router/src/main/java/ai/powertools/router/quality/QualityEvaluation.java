package ai.powertools.router.quality;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How good the predictions for rows are whose outcomes are known: a {@link DeferralCurve} for each
 * set, and for each subject of it. Immutable and thread-safe.
 *
 * <pre>{@code
 * QualityEvaluation evaluation = QualityEvaluation.of(QualityModel.bundled(), outcomes);
 * evaluation.curve("mmlu").callsToRecover(0.5); // CPT50, in percent
 * }</pre>
 */
public final class QualityEvaluation {
  private final Map<String, Part> sets;

  private QualityEvaluation(Map<String, Part> sets) {
    this.sets = sets;
  }

  /**
   * Asks a predictor about every row.
   *
   * @param outcomes rows that it was not trained on, at least one
   * @throws IllegalArgumentException if there is no row
   */
  public static QualityEvaluation of(QualityPredictor predictor, List<Outcome> outcomes) {
    return ofPredictions(
        outcomes.stream().map(outcome -> predictor.predict(outcome.prompt())).toList(), outcomes);
  }

  /**
   * Judges predictions that were made already.
   *
   * @param predictions one a row, in the same order
   * @throws IllegalArgumentException if there is no row, or not one prediction a row
   */
  public static QualityEvaluation ofPredictions(
      List<Prediction> predictions, List<Outcome> outcomes) {
    if (outcomes.isEmpty() || predictions.size() != outcomes.size()) {
      throw new IllegalArgumentException(
          "An evaluation needs one prediction a row and at least one row, not %d for %d rows."
              .formatted(predictions.size(), outcomes.size()));
    }
    Map<String, Part> sets = new LinkedHashMap<>();
    parts(predictions, outcomes, Outcome::set)
        .forEach(
            (set, part) ->
                sets.put(
                    set, part.with(parts(part.predictions(), part.outcomes(), Outcome::subject))));
    return new QualityEvaluation(Collections.unmodifiableMap(sets));
  }

  /**
   * Trains {@link QualityModel} on all parts of the rows but one, predicts that one, and so on for
   * each: every row is predicted by a model that has not seen its prompt. Rows are dealt out at
   * random; those with the same prompt stay together.
   *
   * @param folds the number of parts, at least 2
   * @param seed another gives other parts
   * @throws IllegalArgumentException if there are fewer than 2 parts, or too few rows to train on
   */
  public static QualityEvaluation crossValidated(List<Outcome> outcomes, int folds, long seed) {
    checkFolds(folds);
    return validated(outcomes, Folds.ofPrompts(outcomes, folds, seed));
  }

  /**
   * As {@link #crossValidated}, but whole subjects are dealt out, so that every row is predicted by
   * a model that has seen no row of its subject. A set with one subject is dealt out by rows.
   *
   * @param folds the number of parts, at least 2
   * @param seed another gives other parts
   * @throws IllegalArgumentException if there are fewer than 2 parts, or too few rows to train on
   */
  public static QualityEvaluation leavingSubjectsOut(List<Outcome> outcomes, int folds, long seed) {
    checkFolds(folds);
    return validated(outcomes, Folds.ofSubjects(outcomes, folds, seed));
  }

  /** The sets and their curves, in the order in which the rows name them. */
  public Map<String, DeferralCurve> sets() {
    return curves(sets);
  }

  /**
   * The subjects of a set and their curves; a set that is not there has none.
   *
   * @param set its name
   */
  public Map<String, DeferralCurve> subjects(String set) {
    Part part = sets.get(set);
    return part == null ? Map.of() : curves(part.subjects());
  }

  /**
   * The curve of a set.
   *
   * @throws IllegalArgumentException if there is no such set, naming those there are
   */
  public DeferralCurve curve(String set) {
    return part(set).curve();
  }

  /**
   * The rows of a set, in the order that its curve takes values in.
   *
   * @throws IllegalArgumentException if there is no such set, naming those there are
   */
  public List<Outcome> outcomes(String set) {
    return part(set).outcomes();
  }

  private Part part(String set) {
    Part part = sets.get(set);
    if (part == null) {
      throw new IllegalArgumentException(
          "There is no set \"%s\", only %s.".formatted(set, sets.keySet()));
    }
    return part;
  }

  private static QualityEvaluation validated(List<Outcome> outcomes, Folds folds) {
    List<Prediction> predictions =
        new ArrayList<>(Collections.nCopies(outcomes.size(), new Prediction(0, 0, 0)));
    for (int fold = 0; fold < folds.count(); fold++) {
      QualityModel model =
          QualityModel.train(folds.rows(fold, false).stream().map(outcomes::get).toList());
      for (int row : folds.rows(fold, true)) {
        predictions.set(row, model.predict(outcomes.get(row).prompt()));
      }
    }
    return ofPredictions(predictions, outcomes);
  }

  private static void checkFolds(int folds) {
    if (folds < 2) {
      throw new IllegalArgumentException(
          "There must be at least 2 parts to train on some and try the other, not " + folds + ".");
    }
  }

  private static Map<String, DeferralCurve> curves(Map<String, Part> parts) {
    Map<String, DeferralCurve> curves = new LinkedHashMap<>();
    parts.forEach((name, part) -> curves.put(name, part.curve()));
    return Collections.unmodifiableMap(curves);
  }

  private static Map<String, Part> parts(
      List<Prediction> predictions, List<Outcome> outcomes, Function<Outcome, String> name) {
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < outcomes.size(); row++) {
      rows.computeIfAbsent(name.apply(outcomes.get(row)), key -> new ArrayList<>()).add(row);
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    rows.forEach(
        (key, of) ->
            parts.put(
                key,
                Part.of(
                    of.stream().map(predictions::get).toList(),
                    of.stream().map(outcomes::get).toList())));
    return parts;
  }

  /** Rows that belong together, and how good their predictions are. */
  private record Part(
      List<Prediction> predictions,
      List<Outcome> outcomes,
      DeferralCurve curve,
      Map<String, Part> subjects) {

    static Part of(List<Prediction> predictions, List<Outcome> outcomes) {
      double[] gains = predictions.stream().mapToDouble(Prediction::gain).toArray();
      return new Part(predictions, outcomes, DeferralCurve.of(outcomes, gains), Map.of());
    }

    Part with(Map<String, Part> ofSubjects) {
      return new Part(predictions, outcomes, curve, Collections.unmodifiableMap(ofSubjects));
    }
  }
}
