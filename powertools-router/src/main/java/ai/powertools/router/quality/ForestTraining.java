package ai.powertools.router.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Grows extremely randomized trees (Geurts, Ernst and Wehenkel 2006): at each node some numbers are
 * drawn, for each a cut between its least and greatest value there, and the one that tells right
 * from wrong best is taken. One tree predicts both models. Same rows, same trees.
 */
final class ForestTraining {
  private static final int TREES = 100;

  /** A leaf has at least so many rows: fewer say little. */
  private static final int LEAST_ROWS = 30;

  /** The share of the numbers that are drawn at each node. */
  private static final double DRAWN = 0.6;

  /** By number, then by row: a number of all rows fits in the nearest cache. */
  private final byte[][] bins;

  private final boolean[] weak;
  private final boolean[] strong;
  private final int[] rows;

  private ForestTraining(byte[][] bins, List<Outcome> outcomes) {
    this.bins = bins;
    weak = new boolean[outcomes.size()];
    strong = new boolean[outcomes.size()];
    rows = new int[outcomes.size()];
    for (int row = 0; row < rows.length; row++) {
      weak[row] = outcomes.get(row).weak();
      strong[row] = outcomes.get(row).strong();
    }
  }

  static Forest train(List<Outcome> outcomes, List<Features> features) {
    List<Features.Counted> counted = features.stream().map(Features::counted).toList();
    Borders borders = Borders.of(counted);
    byte[][] bins = new byte[Features.SIZE][counted.size()];
    for (int row = 0; row < counted.size(); row++) {
      byte[] ofRow = borders.bins(counted.get(row));
      for (int f = 0; f < ofRow.length; f++) {
        bins[f][row] = ofRow[f];
      }
    }
    ForestTraining training = new ForestTraining(bins, outcomes);
    List<Tree> trees = new ArrayList<>();
    for (int i = 0; i < TREES; i++) {
      trees.add(training.tree(new SplitMix(SplitMix.mixed(i + 1))));
    }
    return new Forest(borders, trees);
  }

  private Tree tree(SplitMix random) {
    for (int row = 0; row < rows.length; row++) {
      rows[row] = row;
    }
    Tree.Builder builder = new Tree.Builder();
    grow(0, rows.length, random, builder);
    try {
      return builder.build();
    } catch (IOException e) {
      throw new UncheckedIOException("A tree was grown wrongly; this is a bug.", e);
    }
  }

  private void grow(int from, int to, SplitMix random, Tree.Builder builder) {
    Cut cut = to - from < 2 * LEAST_ROWS ? null : best(from, to, random);
    if (cut == null) {
      int weakRight = 0;
      int strongRight = 0;
      for (int i = from; i < to; i++) {
        weakRight += weak[rows[i]] ? 1 : 0;
        strongRight += strong[rows[i]] ? 1 : 0;
      }
      builder.leaf(
          Tree.Builder.rounded((double) weakRight / (to - from)),
          Tree.Builder.rounded((double) strongRight / (to - from)));
      return;
    }
    builder.question(cut.feature(), cut.bin());
    int middle = from;
    for (int i = from; i < to; i++) {
      if (bins[cut.feature()][rows[i]] <= cut.bin()) {
        int row = rows[i];
        rows[i] = rows[middle];
        rows[middle++] = row;
      }
    }
    grow(from, middle, random, builder);
    grow(middle, to, random, builder);
  }

  /** The best of some cuts; null where none leaves enough rows on both sides. */
  private @Nullable Cut best(int from, int to, SplitMix random) {
    int wanted = (int) Math.ceil(DRAWN * Features.SIZE);
    int[] order = random.permutation(Features.SIZE);
    Cut best = null;
    int drawn = 0;
    for (int i = 0; i < order.length && drawn < wanted; i++) {
      int feature = order[i];
      byte[] ofFeature = bins[feature];
      int least = Integer.MAX_VALUE;
      int greatest = -1;
      for (int j = from; j < to; j++) {
        int bin = ofFeature[rows[j]];
        least = Math.min(least, bin);
        greatest = Math.max(greatest, bin);
      }
      if (least == greatest) {
        continue;
      }
      drawn++;
      Cut cut = cut(feature, least + random.below(greatest - least), from, to);
      if (cut != null && (best == null || cut.worth() > best.worth())) {
        best = cut;
      }
    }
    return best;
  }

  private @Nullable Cut cut(int feature, int bin, int from, int to) {
    byte[] ofFeature = bins[feature];
    int left = 0;
    int[] right = new int[2];
    int[] rightLeft = new int[2];
    for (int i = from; i < to; i++) {
      int row = rows[i];
      boolean isLeft = ofFeature[row] <= bin;
      left += isLeft ? 1 : 0;
      right[0] += weak[row] ? 1 : 0;
      right[1] += strong[row] ? 1 : 0;
      rightLeft[0] += isLeft && weak[row] ? 1 : 0;
      rightLeft[1] += isLeft && strong[row] ? 1 : 0;
    }
    int others = to - from - left;
    if (left < LEAST_ROWS || others < LEAST_ROWS) {
      return null;
    }
    double worth = 0;
    for (int model = 0; model < 2; model++) {
      double l = rightLeft[model];
      double r = right[model] - l;
      worth += l * l / left + r * r / others;
    }
    return new Cut(feature, bin, worth);
  }

  /**
   * A question.
   *
   * @param worth the higher, the better it tells right from wrong: what it takes off the variance,
   *     up to a constant of the node
   */
  private record Cut(int feature, int bin, double worth) {}
}
