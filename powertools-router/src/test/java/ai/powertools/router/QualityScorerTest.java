package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.router.quality.Prediction;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QualityScorerTest {
  private static double chance(double ability, double complexity) {
    return QualityScorer.score(ability, complexity, null, Rating.NONE).estimate();
  }

  private static double predicted(double ability, Prediction prediction) {
    QualityScorer.Odds odds = QualityScorer.Odds.of(prediction);
    return QualityScorer.score(ability, 0.5, odds, Rating.NONE).estimate();
  }

  @Test
  void betterModelsAreMoreLikelyRightAndHarderTasksLess() {
    assertThat(chance(0.5, 0.5)).isCloseTo(0.82, within(0.005));
    assertThat(chance(0.9, 0.5)).isGreaterThan(chance(0.6, 0.5));
    assertThat(chance(0.5, 0.9)).isLessThan(chance(0.5, 0.2));
  }

  @Test
  void aPredictionGivesTheTwoModelsThatItIsOfAndAllOthersByTheirAbility() {
    Prediction prediction = new Prediction(0.4, 0.9, 1);

    assertThat(predicted(QualityScorer.WEAK, prediction)).isCloseTo(0.4, within(1e-9));
    assertThat(predicted(QualityScorer.STRONG, prediction)).isCloseTo(0.9, within(1e-9));
    assertThat(predicted(0.3, prediction)).isBetween(0.5, 0.8);
    assertThat(predicted(0.1, prediction)).isLessThan(0.4);
    assertThat(predicted(0.9, prediction)).isGreaterThan(0.9);
  }

  @Test
  void aStrongerModelIsNeverExpectedToBeWorse() {
    Prediction odd = new Prediction(0.8, 0.6, 1);

    assertThat(predicted(0.9, odd)).isCloseTo(0.8, within(1e-9));
    assertThat(predicted(0.1, odd)).isCloseTo(0.8, within(1e-9));
    assertThat(predicted(0.9, new Prediction(1, 1, 1))).isLessThan(1);
    assertThat(predicted(0.1, new Prediction(0, 0, 1))).isGreaterThan(0);
  }

  @Test
  void feedbackMovesTheEstimateTheMoreTheMoreThereIs() {
    double before = chance(0.5, 0.5);
    double some = QualityScorer.score(0.5, 0.5, null, new Rating(0, 10)).estimate();
    double much = QualityScorer.score(0.5, 0.5, null, new Rating(0, 90)).estimate();

    assertThat(some).isCloseTo(before / 2, within(1e-9));
    assertThat(much).isCloseTo(before / 10, within(1e-9));
  }

  @Test
  void publishedResultsAndPricesTellHowGoodAModelIs() {
    assertThat(prior("anthropic/claude-opus-4-6"))
        .isGreaterThan(prior("anthropic/claude-haiku-4-5"));
    assertThat(prior("openai/gpt-5")).isGreaterThan(prior("openai/gpt-4o-mini"));
    assertThat(prior("openai/gpt-5-mini")).isGreaterThan(prior("openai/gpt-5-nano"));
    assertThat(prior("openai/gpt-4o-mini")).isBetween(0.02, 0.3);
    for (Model model : ModelCatalog.bundled().models()) {
      assertThat(prior(model)).as(model.id()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void ofAModelThatIsNotKnownLittleIsThought() {
    assertThat(prior(Model.builder("p", "m").build())).isEqualTo(QualityPrior.UNKNOWN);
    assertThat(prior(Model.local("p", "m", 1_000))).isEqualTo(QualityPrior.UNKNOWN);
    assertThat(QualityPrior.of(Model.builder("p", "m").build(), null))
        .isEqualTo(QualityPrior.UNKNOWN);
  }

  private static double prior(String name) {
    return prior(ModelCatalog.bundled().require(name));
  }

  private static double prior(Model model) {
    PriceSheet sheet =
        PriceSheet.of(
            model, ModelCatalog.bundled().pricing(), Instant.parse("2026-11-26T12:00:00Z"));
    return QualityPrior.of(model, sheet);
  }
}
