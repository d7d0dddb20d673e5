package ai.powertools.router.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Many trees, each of which asks about one counted number after the other and ends at a leaf that
 * says how often the models were right on rows like this; the mean over the trees. Numbers are
 * compared with a few dozen borders each, so that a question takes two bytes.
 */
final class Forest {
  private static final int MOST_TREES = 10_000;

  private final Borders borders;
  private final List<Tree> trees;

  Forest(Borders borders, List<Tree> trees) {
    this.borders = borders;
    this.trees = List.copyOf(trees);
  }

  Pair predict(Features.Counted counted) {
    byte[] bins = borders.bins(counted);
    Pair sum = Pair.ZERO;
    for (Tree tree : trees) {
      sum = sum.plus(tree.predict(bins));
    }
    return sum.times(1.0 / trees.size());
  }

  void write(DataOutputStream out) throws IOException {
    borders.write(out);
    out.writeInt(trees.size());
    for (Tree tree : trees) {
      tree.write(out);
    }
  }

  static Forest read(DataInputStream in) throws IOException {
    Borders borders = Borders.read(in);
    int count = ModelFormat.count(in, 1, MOST_TREES, "trees");
    List<Tree> trees = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      trees.add(Tree.read(in));
    }
    return new Forest(borders, trees);
  }
}
