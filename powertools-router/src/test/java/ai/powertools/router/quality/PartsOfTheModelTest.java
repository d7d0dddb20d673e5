package ai.powertools.router.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartsOfTheModelTest {
  @Test
  void randomNumbersAreThoseOfTheReference() {
    SplitMix random = new SplitMix(0);
    assertThat(random.next()).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(random.next()).isEqualTo(0x6E789E6AA1B965F4L);
    assertThat(random.next()).isEqualTo(0x06C45D188009454FL);
    assertThat(random.permutation(50)).containsExactlyInAnyOrder(new SplitMix(9).permutation(50));
  }

  @Test
  void aRidgeRegressionFindsTheWeightsOfASum() {
    Random random = new Random(1);
    double[][] rows = new double[200][3];
    double[] target = new double[200];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < 3; i++) {
        rows[row][i] = random.nextGaussian();
      }
      target[row] = 0.5 + 2 * rows[row][0] - rows[row][2];
    }
    float[] weights = new RidgeRegression(rows, 1e-6).solve(target);
    float[] expected = {2, 0, -1, 0.5f};
    for (int i = 0; i < expected.length; i++) {
      assertThat(weights[i]).isEqualTo(expected[i], within(1e-4f));
    }
    float[] heavy = new RidgeRegression(rows, 1e9).solve(target);
    assertThat(heavy[0]).isEqualTo(0, within(1e-3f));
  }

  @Test
  void aFilterKnowsAllWordsAndFewOthers() {
    Set<String> words = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      words.add("word" + i);
    }
    WordFilter filter = WordFilter.of(words);
    assertThat(words).allMatch(filter::contains);
    int wrong = 0;
    for (int i = 0; i < 2_000; i++) {
      wrong += filter.contains("other" + i) ? 1 : 0;
    }
    assertThat(wrong).isLessThan(100);
  }

  @Test
  void aTreeIsOneWholeTree() throws IOException {
    Tree.Builder tree = new Tree.Builder();
    tree.question(2, 5);
    tree.leaf(255, 0);
    tree.question(0, 1);
    tree.leaf(0, 51);
    tree.leaf(102, 255);
    byte[] row = new byte[Features.SIZE];
    row[2] = 5;
    assertThat(tree.build().predict(row)).isEqualTo(new Pair(1, 0));
    row[2] = 6;
    assertThat(tree.build().predict(row)).isEqualTo(new Pair(0, 0.2));
    row[0] = 2;
    assertThat(tree.build().predict(row)).isEqualTo(new Pair(0.4, 1));

    tree.leaf(1, 1);
    assertThatThrownBy(tree::build).isInstanceOf(IOException.class).hasMessageContaining("after");
    Tree.Builder half = new Tree.Builder();
    half.question(1, 1);
    half.leaf(1, 1);
    assertThatThrownBy(half::build).isInstanceOf(IOException.class).hasMessageContaining("before");
  }

  @Test
  void aRampRisesFromAlmostAllToNineTenths() {
    double[] values = new Random(2).doubles(1_000).toArray();
    Ramp ramp = Ramp.over(values);
    assertThat(ramp.share(-1)).isZero();
    assertThat(ramp.share(0.5)).isEqualTo(1);
    assertThat(ramp.share(0.05)).isBetween(0.3, 0.7);
    assertThat(Ramp.over(new double[] {3, 3}).share(2.99)).isZero();
    assertThat(Ramp.over(new double[] {3, 3}).share(3)).isEqualTo(1);
  }

  @Test
  void aPairBecomesSharesThatDifferAsMuch() {
    assertThat(new Pair(0.75, 1.25).asShares()).isEqualTo(new Pair(0.5, 1));
    assertThat(new Pair(-0.25, 0.5).asShares()).isEqualTo(new Pair(0, 0.75));
    assertThat(new Pair(-0.5, 1.5).asShares()).isEqualTo(new Pair(0, 1));
    assertThat(new Pair(0.25, 0.5).asShares()).isEqualTo(new Pair(0.25, 0.5));
  }

  @Test
  void rowsWithTheSamePromptAreInTheSamePart() {
    List<Outcome> rows = new java.util.ArrayList<>(MadeUpOutcomes.rows(90, 4));
    rows.addAll(rows.subList(0, 45));
    Folds folds = Folds.ofPrompts(rows, 4, 7);
    assertThat(folds.ofRow().subList(0, 45)).isEqualTo(folds.ofRow().subList(90, 135));
    assertThat(Set.copyOf(folds.ofRow())).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(folds.rows(1, true).size() + folds.rows(1, false).size()).isEqualTo(135);
    assertThat(Folds.ofPrompts(rows, 4, 7)).isEqualTo(folds);
    assertThat(Folds.ofPrompts(rows, 4, 8)).isNotEqualTo(folds);
  }

  @Test
  void subjectsAreInOnePartWhole() {
    List<Outcome> rows = MadeUpOutcomes.rows(300, 5);
    Folds folds = Folds.ofSubjects(rows, 2, 3);
    Set<String> rivers = new HashSet<>();
    Set<Integer> sums = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      switch (rows.get(row).subject()) {
        case "sums" -> sums.add(folds.ofRow().get(row));
        default -> rivers.add(rows.get(row).subject() + folds.ofRow().get(row));
      }
    }
    assertThat(rivers).hasSize(2);
    assertThat(sums).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void aPredictionIsMadeOfShares() {
    assertThat(new Prediction(0.5, 0.75, 0).gain()).isEqualTo(0.25);
    assertThatThrownBy(() -> new Prediction(0.5, 1.1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strong must be from 0 to 1, not 1.1");
    assertThatThrownBy(() -> new Prediction(Double.NaN, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
