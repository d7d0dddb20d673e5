package ai.powertools.cost;

import static ai.powertools.cost.Months.november;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** However it is taken apart, the parts come to the whole. */
class CostAnalysisProperties {
  private static final int CASES = Integer.getInteger("powertools.model.operations", 20_000) / 200;
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  private static final List<String> NAMES = List.of("model", "task", "user", "feature", "none");

  @Test
  void theTotalsAreThoseOfTheRowsAddedOneByOne() {
    forAny(
        (rows, label) ->
            assertSame(label, analysis(rows).totals(), rows.stream().map(DayTotals::totals)));
  }

  @Test
  void breakdownsComeToTheTotals() {
    forAny(
        (rows, label) -> {
          CostAnalysis analysis = analysis(rows);
          for (String name : NAMES) {
            assertSame(
                label + " " + name,
                analysis.totals(),
                analysis.by(name).stream().map(Breakdown::totals));
            assertSame(
                label + " " + name,
                analysis.totals(),
                analysis.by(name, "team").stream().map(CrossBreakdown::totals));
          }
        });
  }

  @Test
  void eachValueOfABreakdownIsWhatIsFoundByAskingForIt() {
    forAny(
        (rows, label) -> {
          CostAnalysis analysis = analysis(rows);
          for (Breakdown one : analysis.by("task")) {
            assertSame(
                label,
                one.totals(),
                List.of(analysis.where("task", one.value()).totals()).stream());
          }
        });
  }

  @Test
  void trendsComeToTheTotals() {
    forAny(
        (rows, label) -> {
          CostAnalysis analysis = analysis(rows);
          for (Grain grain : Grain.values()) {
            assertSame(
                label, analysis.totals(), analysis.trend(grain).stream().map(TrendPoint::totals));
            assertSame(
                label,
                analysis.totals(),
                analysis.trend(grain, "user").values().stream()
                    .flatMap(List::stream)
                    .map(TrendPoint::totals));
          }
        });
  }

  @Test
  void twoHalvesOfTheDaysComeToAll() {
    forAny(
        (rows, label) -> {
          CostAnalysis analysis = analysis(rows);
          LocalDate cut = november(1 + rows.size() % 29);
          assertSame(
              label,
              analysis.totals(),
              List.of(
                  analysis.between(november(1), cut).totals(),
                  analysis.between(cut.plusDays(1), november(30)).totals())
                  .stream());
        });
  }

  private static CostAnalysis analysis(List<DayTotals> rows) {
    return CostAnalysis.of(november(1), november(30), rows);
  }

  private static void assertSame(String label, Totals totals, Stream<Totals> parts) {
    Totals sum = parts.reduce(Totals.NONE, Totals::plus);
    assertThat(sum)
        .as(label)
        .usingRecursiveComparison()
        .ignoringFields("latencies")
        .isEqualTo(totals);
    assertThat(sum.latencies().counts()).as(label).isEqualTo(totals.latencies().counts());
  }

  private static void forAny(BiConsumer<List<DayTotals>, String> law) {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      Random random = new Random(seed);
      law.accept(Months.random(random, random.nextInt(60)), "-Dpowertools.seed=" + seed);
    }
  }
}
