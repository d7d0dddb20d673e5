package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.benchmarks.Comparison.Figure;
import ai.powertools.benchmarks.Comparison.Measured;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitingTest {
  private static final List<String> PEERS =
      List.of("resilience4j", "bucket4j", "guava", "failsafe-bursty", "failsafe-smooth");

  @Test
  void aPermitIsComparedWithTheBestOfThePeers() {
    Figure ratio = figure(results("permit", 30, 0), "permit, 1 thread, 1 limit, ours to guava");

    assertThat(ratio.value()).isEqualTo(30 / 40.0);
    assertThat(ratio.goal()).isEqualTo(1);
    assertThat(ratio.isMissed()).isFalse();
  }

  @Test
  void aRefusalIsComparedWithResilience4j() {
    Figure ratio =
        figure(results("refuseByTwo", 70, 0), "refusal, 2 threads, 1 limit, ours to resilience4j");

    assertThat(ratio.value()).isEqualTo(0.7);
    assertThat(ratio.isMissed()).isTrue();
  }

  @Test
  void theBestByProcessorTimeMayBeAnother() {
    Map<String, Measured> results = results("permitByTwo", 30, 0);
    results.put("permitByTwo bucket4j 1", new Measured(90, 0, 20));

    Figure ratio = figure(results, "permit, 2 threads, 1 limit, ours to bucket4j, processor time");

    assertThat(ratio.value()).isEqualTo(30 / 20.0);
    assertThat(ratio.hasGoal()).isFalse();
  }

  @Test
  void anObjectInAFewCallsIsAnObjectTooMany() {
    String bytes = "permit, 1 thread, 1 limit, ours";

    assertThat(figure(results("permit", 30, 0.001), bytes, "B").isMissed()).isFalse();
    assertThat(figure(results("permit", 30, 0.2), bytes, "B").isMissed()).isTrue();
  }

  @Test
  void everyCaseHasItsFigures() {
    List<Figure> figures = new Limiting().figures(Map.of());

    // The clock; two ratios and two figures of permits of each case; bytes of half of them.
    assertThat(figures).hasSize(1 + 8 * 4 + 4);
    assertThat(figures).extracting(figure -> figure.what() + figure.unit()).doesNotHaveDuplicates();
  }

  @Test
  void whatWasNotMeasuredIsMissed() {
    assertThat(new Limiting().figures(Map.of()))
        .filteredOn(Figure::hasGoal)
        .hasSize(8 + 4)
        .allMatch(Figure::isMissed);
  }

  /** Of a case with one limit: ours as given, guava 40 ns, all others 100 ns. */
  private static Map<String, Measured> results(String method, double nanos, double bytes) {
    Map<String, Measured> results = new HashMap<>();
    for (String peer : PEERS) {
      double time = peer.equals("guava") ? 40 : 100;
      results.put(method + " " + peer + " 1", new Measured(time, 0, time));
    }
    results.put(method + " ours 1", new Measured(nanos, bytes, nanos));
    return results;
  }

  private static Figure figure(Map<String, Measured> results, String what) {
    return figure(results, what, "ours/peer");
  }

  private static Figure figure(Map<String, Measured> results, String what, String unit) {
    return new Limiting()
        .figures(results).stream()
            .filter(figure -> figure.what().equals(what) && figure.unit().equals(unit))
            .findFirst()
            .orElseThrow();
  }
}
