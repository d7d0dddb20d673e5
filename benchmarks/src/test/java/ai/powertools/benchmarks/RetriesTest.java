package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.benchmarks.Comparison.Figure;
import ai.powertools.benchmarks.Comparison.Measured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetriesTest {
  @Test
  void oursIsComparedWithTheBestOfThePeersInEachRespect() {
    List<Figure> figures =
        new Retries()
            .figures(
                Map.of(
                    "guarded ours", new Measured(120, 300, 90),
                    "guarded resilience4j", new Measured(100, 400, 100),
                    "guarded failsafe", new Measured(500, 200, 60)));

    String what = "retry, breaker and bulkhead, 1 thread, ours";
    assertThat(figures)
        .contains(
            Figure.ratio(what + " to resilience4j", 120, 100, 1.1),
            Figure.ratio(what + " to failsafe, processor time", 90, 60, Double.POSITIVE_INFINITY),
            Figure.ratio(what + " to failsafe, bytes", 300, 200, Double.POSITIVE_INFINITY),
            Figure.shown(what, "B", 300));
    assertThat(figures.get(0).isMissed()).isTrue();
  }

  @Test
  void aTenthMoreThanTheBestIsAllowed() {
    List<Figure> figures =
        new Retries()
            .figures(
                Map.of(
                    "recovery ours", new Measured(108, 0, 0),
                    "recovery resilience4j", new Measured(100, 0, 0),
                    "recovery failsafe", new Measured(500, 0, 0)));
    assertThat(figures)
        .filteredOn(figure -> figure.what().contains("two failures") && figure.hasGoal())
        .singleElement()
        .satisfies(figure -> assertThat(figure.isMissed()).isFalse());
  }

  @Test
  void whatWasNotMeasuredIsMissed() {
    List<Figure> figures = new Retries().figures(Map.of());
    assertThat(figures).hasSize(5 * 4);
    assertThat(figures).extracting(figure -> figure.what() + figure.unit()).doesNotHaveDuplicates();
    assertThat(figures).filteredOn(Figure::hasGoal).hasSize(5).allMatch(Figure::isMissed);
  }

  @Test
  void everybodyMakesTheSameCalls() throws Exception {
    for (String whose : List.of("ours", "resilience4j", "failsafe")) {
      assertThat(RetriesBenchmark.guarded(whose).call(() -> "answer")).isEqualTo("answer");
      assertThat(RetriesBenchmark.retrying(whose).call(() -> "answer")).isEqualTo("answer");
      assertThat(RetriesBenchmark.retrying(whose).call(new RetriesBenchmark.FailingTwice()))
          .isEqualTo("answer");
      assertThat(RetriesBenchmark.guarded(whose).call(new RetriesBenchmark.FailingTwice()))
          .isEqualTo("answer");
    }
  }
}
