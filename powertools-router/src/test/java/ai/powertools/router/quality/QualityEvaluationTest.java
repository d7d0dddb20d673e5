package ai.powertools.router.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityEvaluationTest {
  private static final List<Outcome> ROWS = MadeUpOutcomes.rows(300, 3);

  @Test
  void tellsSetsAndSubjectsApart() {
    QualityEvaluation evaluation =
        QualityEvaluation.of(prompt -> new Prediction(0.5, 0.5, 1), ROWS);
    assertThat(evaluation.sets().keySet()).containsExactly("sums", "facts");
    assertThat(evaluation.curve("facts").rows()).isEqualTo(200);
    assertThat(evaluation.outcomes("facts")).hasSize(200);
    assertThat(evaluation.subjects("facts").keySet()).containsExactly("rivers", "stars");
    assertThat(evaluation.subjects("facts").get("stars").rows()).isEqualTo(100);
    assertThat(evaluation.subjects("none")).isEmpty();
    assertThat(evaluation.curve("sums").callsToRecover(0.5)).hasValue(50);
    assertThatThrownBy(() -> evaluation.curve("none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no set \"none\", only [sums, facts].");
  }

  @Test
  void aPredictorThatKnowsIsTheOracle() {
    List<Prediction> known =
        ROWS.stream()
            .map(row -> new Prediction(row.weak() ? 1 : 0, row.strong() ? 1 : 0, 1))
            .toList();
    QualityEvaluation evaluation = QualityEvaluation.ofPredictions(known, ROWS);
    assertThat(evaluation.curve("sums").apgr())
        .isEqualTo(DeferralCurve.oracle(evaluation.outcomes("sums")).apgr());
  }

  @Test
  void rowsAreNotPredictedByAModelThatHasSeenThem() {
    // Nothing can be learned of these rows but the rows themselves, each of which is there twice.
    List<Outcome> rows = new ArrayList<>();
    SplitMix random = new SplitMix(5);
    for (int i = 0; i < 400; i++) {
      Outcome row =
          new Outcome("s", "t" + i % 2, "w%x x y z".formatted(i), random.below(2) == 0, true);
      rows.add(row);
      rows.add(row);
    }
    assertThat(QualityEvaluation.crossValidated(rows, 4, 1).curve("s").apgr().orElseThrow())
        .isBetween(0.4, 0.6);
    assertThat(QualityEvaluation.leavingSubjectsOut(rows, 2, 1).curve("s").apgr().orElseThrow())
        .isBetween(0.4, 0.6);
  }

  @Test
  void refusesWhatCanNotBeJudged() {
    assertThatThrownBy(() -> QualityEvaluation.crossValidated(ROWS, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2 parts");
    assertThatThrownBy(() -> QualityEvaluation.ofPredictions(List.of(), ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0 for 300 rows");
    assertThatThrownBy(() -> QualityEvaluation.ofPredictions(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
