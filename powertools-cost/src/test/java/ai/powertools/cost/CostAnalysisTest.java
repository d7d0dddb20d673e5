package ai.powertools.cost;

import static ai.powertools.cost.Months.november;
import static ai.powertools.cost.Months.paid;
import static ai.powertools.cost.Months.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.models.Usd;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostAnalysisTest {
  /** The first is a Sunday: the first week has one day in it. */
  private final CostAnalysis analysis =
      CostAnalysis.of(
          november(1),
          november(30),
          List.of(
              row(november(1), "task=sum user=ada model=acme/big", paid("2.00", 2)),
              row(november(2), "task=sum user=bob model=acme/small", paid("0.50", 5)),
              row(november(2), "task=code user=ada model=acme/big", paid("3.00", 1)),
              row(november(9), "user=cy model=acme/small", paid("0.50", 10))));

  @Test
  void addsAllUp() {
    assertThat(analysis.totals().cost()).isEqualTo(Usd.of("6"));
    assertThat(analysis.totals().calls()).isEqualTo(18);
    assertThat(analysis.totals().usage().inputTokens()).isEqualTo(1800);
    assertThat(analysis).hasToString("2026-11-01 to 2026-11-30: $6.00 in 18 attempts");
  }

  @Test
  void takesItApartTheDearestFirstThenByValueAndKeepsWhatHasNone() {
    assertThat(analysis.by("task"))
        .extracting(Breakdown::value, one -> one.totals().cost())
        .containsExactly(
            tuple("code", Usd.of("3")), tuple("sum", Usd.of("2.5")), tuple("", Usd.of("0.5")));
    assertThat(analysis.by("user"))
        .extracting(Breakdown::value)
        .containsExactly("ada", "bob", "cy");
    assertThat(analysis.by("ticket")).extracting(Breakdown::value).containsExactly("");
  }

  @Test
  void takesItApartByTwo() {
    assertThat(analysis.by("user", "model"))
        .extracting(CrossBreakdown::first, CrossBreakdown::second, one -> one.totals().calls())
        .containsExactly(
            tuple("ada", "acme/big", 3L),
            tuple("bob", "acme/small", 5L),
            tuple("cy", "acme/small", 10L));
  }

  @Test
  void narrowsToValuesToThoseWithoutAndToDays() {
    assertThat(analysis.where("user", "ada").totals().cost()).isEqualTo(Usd.of("5"));
    assertThat(analysis.where("task", "").totals().cost()).isEqualTo(Usd.of("0.5"));
    assertThat(analysis.where("user", "nobody").totals()).isEqualTo(Totals.NONE);
    CostAnalysis second = analysis.between(november(2), november(2));
    assertThat(second.totals().cost()).isEqualTo(Usd.of("3.5"));
    assertThat(second.where("user", "bob").by("task")).hasSize(1);
    assertThat(second.first()).isEqualTo(second.last()).isEqualTo(november(2));
    assertThat(second.where("user", "ada"))
        .hasToString("2026-11-02 to 2026-11-02: $3.00 in 1 attempt");
  }

  @Test
  void hasNoGapsOverTime() {
    assertThat(analysis.trend(Grain.DAY)).hasSize(30);
    assertThat(analysis.trend(Grain.DAY).get(2))
        .isEqualTo(new TrendPoint(november(3), Totals.NONE));
    assertThat(analysis.trend(Grain.WEEK))
        .extracting(TrendPoint::start, point -> point.totals().cost())
        .containsExactly(
            tuple(LocalDate.of(2026, 10, 26), Usd.of("2")),
            tuple(november(2), Usd.of("3.5")),
            tuple(november(9), Usd.of("0.5")),
            tuple(november(16), Usd.ZERO),
            tuple(november(23), Usd.ZERO),
            tuple(november(30), Usd.ZERO));
    assertThat(analysis.trend(Grain.MONTH))
        .containsExactly(new TrendPoint(november(1), analysis.totals()));
  }

  @Test
  void goesOnOverTheTurnOfTheYear() {
    CostAnalysis winter =
        CostAnalysis.of(LocalDate.of(2026, 11, 15), LocalDate.of(2027, 2, 1), List.of());

    assertThat(winter.trend(Grain.MONTH))
        .extracting(TrendPoint::start)
        .containsExactly(
            november(1),
            LocalDate.of(2026, 12, 1),
            LocalDate.of(2027, 1, 1),
            LocalDate.of(2027, 2, 1));
  }

  @Test
  void followsEachValueOverTimeTheDearestFirst() {
    var trends = analysis.trend(Grain.WEEK, "task");

    assertThat(trends.keySet()).containsExactly("code", "sum", "");
    assertThat(trends.get("sum"))
        .extracting(point -> point.totals().cost())
        .startsWith(Usd.of("2"), Usd.of("0.5"), Usd.ZERO)
        .hasSize(6);
  }

  @Test
  void refusesWhatItCannotTell() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> analysis.between(november(2), november(1)))
        .withMessage("The last day, 2026-11-01, is before the first, 2026-11-02.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> analysis.between(LocalDate.of(2026, 10, 1), november(1)))
        .withMessageContaining("is not within the days 2026-11-01 to 2026-11-30");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> analysis.between(november(1), LocalDate.of(2026, 12, 1)))
        .withMessageEndingWith("Ask the tracker for more days.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> analysis.by("session"))
        .withMessageContaining("Totals are not kept by session");
    assertThatIllegalArgumentException().isThrownBy(() -> analysis.where("a b", "c"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CostAnalysis.of(
                    november(1), november(2), List.of(row(november(3), "", Totals.NONE))))
        .withMessage("A row of 2026-11-03 is not of the days 2026-11-01 to 2026-11-02.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CostAnalysis.of(
                    november(2), november(3), List.of(row(november(1), "", Totals.NONE))));
  }

  @Test
  void givesLinesAsAVendorBillsThem() {
    assertThat(analysis.billLines())
        .containsExactly(
            new BillLine(november(1), "big", Usd.of("2")),
            new BillLine(november(2), "big", Usd.of("3")),
            new BillLine(november(2), "small", Usd.of("0.5")),
            new BillLine(november(9), "small", Usd.of("0.5")));
    assertThat(analysis.where("user", "cy").billLines())
        .containsExactly(new BillLine(november(9), "small", Usd.of("0.5")));
  }
}
