package ai.powertools.router.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A model that was trained on part of the shared outcomes, tried on the rest: loose floors, which a
 * broken feature or blend would not reach. The guide has the numbers proper.
 */
class HeldOutTest {
  private static List<Outcome> heldOut;
  private static QualityModel model;

  @BeforeAll
  static void train() {
    List<Outcome> outcomes = Outcomes.read(SharedData.file("routing/outcomes-dev.jsonl"));
    Folds folds = Folds.ofPrompts(outcomes, 3, 1);
    model = QualityModel.train(folds.rows(0, false).stream().map(outcomes::get).toList());
    heldOut = folds.rows(0, true).stream().map(outcomes::get).toList();
  }

  @Test
  void ordersRowsBetterThanChance() {
    QualityEvaluation evaluation = QualityEvaluation.of(model, heldOut);
    assertThat(evaluation.curve("mmlu").apgr().orElseThrow()).isGreaterThan(0.6);
    assertThat(evaluation.curve("gsm8k").apgr().orElseThrow()).isGreaterThan(0.55);
  }

  @Test
  void strangePromptsAreLessFamiliarThanHeldOutOnes() {
    List<Double> strange =
        StrangePrompts.ALL.stream().map(prompt -> model.predict(prompt).familiarity()).toList();
    Map<String, List<Outcome>> bySet =
        heldOut.stream().collect(Collectors.groupingBy(Outcome::set));
    bySet.forEach(
        (set, rows) -> {
          double before = 0;
          for (Outcome row : rows) {
            double own = model.predict(row.prompt()).familiarity();
            for (double other : strange) {
              before += own > other ? 1 : own == other ? 0.5 : 0;
            }
          }
          double auc = before / rows.size() / StrangePrompts.ALL.size();
          assertThat(auc).as("area under the ROC curve, %s", set).isGreaterThan(0.9);
        });
  }

  @Test
  void predictedChancesAreAboutAsOftenRight() {
    double predicted = heldOut.stream().mapToDouble(row -> weak(row)).average().orElseThrow();
    double right = Pair.mean(heldOut).weak();
    assertThat(predicted).isBetween(right - 0.03, right + 0.03);
    List<Outcome> sure = heldOut.stream().filter(row -> weak(row) > 0.8).toList();
    assertThat(sure).hasSizeGreaterThan(200);
    assertThat(Pair.mean(sure).weak()).isGreaterThan(0.8);
  }

  private static double weak(Outcome row) {
    return model.predict(row.prompt()).weak();
  }
}
