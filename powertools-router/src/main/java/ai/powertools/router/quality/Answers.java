package ai.powertools.router.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * How likely the models are right. A question with options is told by the forest, and by its
 * subject; one without mostly by the weighted sum: such questions were few in the training, and a
 * sum makes more of few rows than trees do. All shares were found by validation.
 *
 * @param forest over all rows
 * @param open the sum over rows without options; empty where there were too few
 * @param subjects what the subject adds
 */
record Answers(Forest forest, Optional<LinearModel> open, SubjectModel subjects) {
  /** How much the sum counts, beside the forest, where there are no options. */
  private static final double LINEAR_SHARE = 0.7;

  /** How much of what the subject says is believed, where there are options. */
  private static final double SUBJECT_SHARE = 0.7;

  Pair predict(Features features, SparseTerms terms) {
    Pair counted = forest.predict(features.counted());
    if (features.choice()) {
      return counted.plus(subjects.deviation(terms).times(SUBJECT_SHARE));
    }
    return open.map(
            sum ->
                sum.predict(features.counted())
                    .times(LINEAR_SHARE)
                    .plus(counted.times(1 - LINEAR_SHARE)))
        .orElse(counted);
  }

  void write(DataOutputStream out) throws IOException {
    forest.write(out);
    out.writeBoolean(open.isPresent());
    if (open.isPresent()) {
      open.get().write(out);
    }
    subjects.write(out);
  }

  static Answers read(DataInputStream in) throws IOException {
    Forest forest = Forest.read(in);
    Optional<LinearModel> open =
        in.readBoolean() ? Optional.of(LinearModel.read(in)) : Optional.empty();
    return new Answers(forest, open, SubjectModel.read(in));
  }
}
