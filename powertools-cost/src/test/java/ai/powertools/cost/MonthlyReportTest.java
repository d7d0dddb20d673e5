package ai.powertools.cost;

import static ai.powertools.cost.Months.BERLIN;
import static ai.powertools.cost.Months.NOVEMBER;
import static ai.powertools.cost.Months.november;
import static ai.powertools.cost.Months.paid;
import static ai.powertools.cost.Months.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MonthlyReportTest {
  private final MonthlyReport report = SmallMonth.report();

  @Test
  void saysWhatTheMonthCostInAllAndEach() {
    assertThat(report.totalCost()).isEqualTo(Usd.of("10"));
    assertThat(report.costPerTask())
        .containsExactly(entry("sum", Usd.of("7")), entry("code", Usd.of("3")));
    assertThat(report.costPerUser())
        .containsExactly(
            entry("ada", Usd.of("6")), entry("bob", Usd.of("3")), entry("", Usd.of("1")));
    assertThat(report.averagePerUser()).contains(Usd.of("4.5"));
    assertThat(report.costPerCall()).contains(Usd.of("1.25"));
    assertThat(report.costPerSuccess()).contains(Usd.of("2"));
    assertThat(report).hasToString("November 2026: $10.00 in 11 attempts");
  }

  @Test
  void takesTheMonthApart() {
    assertThat(report.byModel())
        .extracting(Breakdown::value, one -> one.totals().cost())
        .containsExactly(tuple("acme/big", Usd.of("6")), tuple("acme/small", Usd.of("4")));
    assertThat(report.byProvider()).extracting(Breakdown::value).containsExactly("acme");
    assertThat(report.byTeam()).extracting(Breakdown::value).containsExactly("search", "");
    assertThat(report.byProject()).extracting(Breakdown::value).containsExactly("alpha", "");
    assertThat(report.by("ticket")).isEqualTo(report.analysis().by("ticket"));
    assertThat(report.analysis().where("user", "ada").totals().cost()).isEqualTo(Usd.of("6"));
    assertThat(report.daily()).hasSize(30).isEqualTo(report.analysis().trend(Grain.DAY));
  }

  @Test
  void saysWhatWasWastedSavedAndHowSureItIs() {
    assertThat(report.waste().total()).isEqualTo(Usd.of("2.5"));
    assertThat(report.cacheSavings()).isEqualTo(Usd.of("0.75"));
    assertThat(report.cacheHitRate()).hasValue(400.0 / 1700);
    assertThat(report.p50().orElseThrow())
        .isBetween(Duration.ofMillis(975), Duration.ofMillis(1025));
    assertThat(report.p95().orElseThrow())
        .isBetween(Duration.ofMillis(2925), Duration.ofMillis(3075));
    assertThat(report.reliability())
        .isEqualTo(new Reliability(11, 2, 1, Optional.of(Usd.of("0.3")), 1));
    assertThat(report.reliability().isExact()).isFalse();
    assertThat(report.reliability().sentences())
        .containsExactly(
            "The cost of 2 attempts is an estimate (18.2 % of all).",
            "The cost of 1 attempt is unknown and not in the sum: at most $0.30 more.",
            "No end was recorded for 1 attempt.");
    assertThat(new Reliability(3, 0, 2, Optional.empty(), 0).sentences())
        .containsExactly(
            "The cost of 2 attempts is unknown and not in the sum: nobody can tell how much more.");
  }

  @Test
  void keepsHowItWasMade() {
    assertThat(report.month()).isEqualTo(NOVEMBER);
    assertThat(report.zone()).isEqualTo(BERLIN);
    assertThat(report.asOf()).isEqualTo(LocalDate.of(2026, 12, 1));
    assertThat(report.isComplete()).isTrue();
    assertThat(report.budgets()).isEqualTo(SmallMonth.BUDGETS);
    assertThat(report.budgets())
        .extracting(BudgetLine::toString)
        .containsExactly(
            "all, monthly: $10.00 of $20.00, $10.00 left",
            "team=search, monthly: $6.00 of $5.00, exceeded by $1.00");
    assertThat(report.forecast()).contains("$21.00 by the end of the month.");
  }

  @Test
  void comparesAWholeMonthWithTheWholeMonthBefore() {
    MonthChange change = report.change().orElseThrow();

    assertThat(change.difference()).isEqualTo(Usd.of("2"));
    assertThat(change).hasToString("$2.00 more (25.0 %) than October 2026");
  }

  @Test
  void comparesOnlyTheDaysThatAreOverWhileTheMonthIsNot() {
    MonthlyReport running = SmallMonth.asOf(november(4));

    assertThat(running.isComplete()).isFalse();
    assertThat(running.totalCost()).isEqualTo(Usd.of("10"));
    assertThat(running.daily()).hasSize(4);
    assertThat(running.change().orElseThrow())
        .hasToString("$5.00 more (125.0 %) in the first 3 days than in those of October 2026");
    assertThat(SmallMonth.asOf(november(2)).change().orElseThrow())
        .hasToString("$2.00 more (50.0 %) in the first day than in those of October 2026");
    assertThat(SmallMonth.asOf(november(1)).change()).isEmpty();
  }

  @Test
  void comparesNoMoreDaysThanTheMonthBeforeHas() {
    MonthlyReport march =
        MonthlyReport.of(
            NOVEMBER.withMonth(3),
            BERLIN,
            LocalDate.of(2026, 3, 31),
            List.of(row(LocalDate.of(2026, 3, 29), "", paid("5", 1))),
            List.of(row(LocalDate.of(2026, 2, 28), "", paid("5", 1))),
            List.of(),
            Optional.empty());

    assertThat(march.change().orElseThrow())
        .hasToString("$5.00 less (100.0 %) in the first 28 days than in those of February 2026");
  }

  @Test
  void comparesWithNothingAndWithTheSame() {
    assertThat(Months.report(SmallMonth.ROWS).change()).isEmpty();
    assertThat(change("5", "0")).isEqualTo("$5.00 more than October 2026");
    assertThat(change("5", "5")).isEqualTo("as much as October 2026");
  }

  @Test
  void losesNothingWhenTheClockWasSetBack() {
    assertThat(SmallMonth.asOf(november(1)).totalCost()).isEqualTo(Usd.of("10"));
    assertThat(SmallMonth.asOf(november(1)).daily()).hasSize(4);
  }

  @Test
  void refusesMonthsToComeAndRowsOfOthers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SmallMonth.asOf(LocalDate.of(2026, 10, 31)))
        .withMessage("2026-11 has not begun on 2026-10-31: there is nothing to report.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Months.report(SmallMonth.OCTOBER))
        .withMessageContaining("2026-10-01");
  }

  @Test
  void saysNothingOfAMonthWithoutCallsThatItDoesNotKnow() {
    MonthlyReport empty = Months.report(List.of());

    assertThat(empty.totals()).isEqualTo(Totals.NONE);
    assertThat(empty.averagePerUser()).isEmpty();
    assertThat(empty.costPerCall()).isEmpty();
    assertThat(empty.costPerTask()).isEmpty();
    assertThat(empty.p50()).isEmpty();
    assertThat(empty.cacheHitRate()).isEmpty();
    assertThat(empty.reliability().isExact()).isTrue();
    assertThat(empty.daily()).hasSize(30);
    assertThat(empty).hasToString("November 2026: $0.00 in 0 attempts");
  }

  @Test
  void addsUpOtherUnitsThanTokens() {
    Usage searches = Usage.of(10, 1).and(ai.powertools.models.Unit.WEB_SEARCHES, 2);
    Totals one = Months.totals("1", 1, 1, 1, searches, Waste.NONE);

    MonthlyReport twice =
        Months.report(List.of(row(november(1), "", one), row(november(2), "", one)));

    assertThat(twice.totals().usage()).isEqualTo(searches.plus(searches));
    assertThat(Months.report(List.of(row(november(1), "", one))))
        .hasToString("November 2026: $1.00 in 1 attempt");
  }

  private static String change(String now, String before) {
    return MonthlyReport.of(
            NOVEMBER,
            BERLIN,
            LocalDate.of(2026, 12, 1),
            List.of(row(november(1), "", paid(now, 1))),
            List.of(row(LocalDate.of(2026, 10, 1), "", paid(before, 1))),
            List.of(),
            Optional.empty())
        .change()
        .orElseThrow()
        .toString();
  }
}
