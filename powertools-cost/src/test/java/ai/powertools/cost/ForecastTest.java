package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.powertools.models.Usd;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Series whose forecast is plain to see. Today is Thursday, 26 November 2026. */
class ForecastTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
  private static final LocalDate LAST = LocalDate.of(2026, 11, 30);

  @Test
  void theSameEveryDayGoesOn() {
    Forecast forecast = month(56, "1", 0.5, day -> "2");

    // 25 days of $2 and $1 today, of which half is over; then half of today and four days.
    assertThat(forecast.spent()).isEqualTo(Usd.of("51"));
    assertThat(forecast.expected()).isEqualTo(Usd.of("60"));
    assertThat(forecast.interval80()).isEqualTo(new Interval(Usd.of("60"), Usd.of("60")));
    assertThat(forecast.interval95()).isEqualTo(forecast.interval80());
    assertThat(forecast.burnRate()).isEqualTo(Usd.of("2"));
    assertThat(forecast.method()).isEqualTo("no weekday pattern, smoothed level over 56 days");
    assertThat(forecast.days())
        .extracting(DayForecast::day)
        .containsExactlyElementsOf(TODAY.datesUntil(LAST.plusDays(1)).toList());
    assertThat(forecast.days()).extracting(DayForecast::expected).containsOnly(Usd.of("2"));

    Accuracy accuracy = forecast.accuracy().orElseThrow();
    assertThat(accuracy.wape()).isEqualTo(0, within(1e-9));
    assertThat(accuracy.coverage80()).isEqualTo(1);
    assertThat(accuracy.coverage95()).isEqualTo(1);
  }

  @Test
  void weekendsAreKnownFromTheWeekdays() {
    Forecast forecast = month(52, "4", 0.4, day -> isWeekend(day) ? "0" : "10");

    // November has 18 working days before today; 6 are still to come today, 10 tomorrow, 10 Monday.
    assertThat(forecast.spent()).isEqualTo(Usd.of("184"));
    assertThat(forecast.expected().approximately()).isEqualTo(210, within(1e-6));
    assertThat(forecast.days().stream().map(day -> day.expected().approximately()).toList())
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1, Double.class)
        .containsExactly(10.0, 10.0, 0.0, 0.0, 10.0);
    assertThat(forecast.method()).isEqualTo("weekday pattern and smoothed level over 52 days");
    // The last seven days were five working days and a weekend.
    assertThat(forecast.burnRate().approximately()).isEqualTo(50 / 7.0, within(1e-9));
    assertThat(forecast.accuracy().orElseThrow().skill().orElseThrow()).isGreaterThan(0.99);
  }

  @Test
  void growthGoesOnAndSlowsDown() {
    Forecast forecast =
        Forecaster.of(series(60, "0", 0, day -> "" + (100 - TODAY.toEpochDay() + day.toEpochDay())))
            .period(FIRST, LocalDate.of(2026, 12, 31));

    assertThat(forecast.method()).isEqualTo("no weekday pattern, damped trend over 60 days");
    List<Double> days =
        forecast.days().stream().map(day -> day.expected().approximately()).toList();
    assertThat(days.get(0)).isBetween(99.0, 100.5);
    for (int i = 2; i < days.size(); i++) {
      double growth = days.get(i) - days.get(i - 1);
      assertThat(growth).as("growth on day %d", i).isBetween(0.0, 1.0);
      assertThat(growth).isLessThan(days.get(i - 1) - days.get(i - 2) + 1e-9);
    }
  }

  @Test
  void aFewDaysAreAveragedWithWideIntervals() {
    Forecast forecast = month(4, "0", 0, day -> day.getDayOfMonth() % 2 == 0 ? "1" : "3");

    assertThat(forecast.method())
        .isEqualTo("average of 4 days: too little history for a weekday pattern");
    assertThat(forecast.spent()).isEqualTo(Usd.of("8"));
    assertThat(forecast.expected()).isEqualTo(Usd.of("18"));
    assertThat(forecast.interval80().low()).isLessThan(Usd.of("15"));
    assertThat(forecast.interval80().high()).isGreaterThan(Usd.of("21"));
    assertThat(forecast.accuracy()).isEmpty();
    assertThat(forecast.describe()).endsWith("accuracy: not measured, the history is too short");
  }

  @Test
  void overAWeekTheLastSevenDaysAreAveraged() {
    Forecast forecast = month(10, "0", 0, day -> day.isBefore(TODAY.minusDays(7)) ? "50" : "2");
    assertThat(forecast.method())
        .isEqualTo("average of the last 7 of 10 days: too little history for a weekday pattern");
    assertThat(forecast.expected().minus(forecast.spent())).isEqualTo(Usd.of("10"));

    Forecast stopped = month(10, "0", 0, day -> day.isBefore(TODAY.minusDays(7)) ? "50" : "0");
    assertThat(stopped.method())
        .isEqualTo("average of 10 days: too little history for a weekday pattern");
    assertThat(stopped.expected().minus(stopped.spent())).isEqualTo(Usd.of("75"));
  }

  @Test
  void aSingleDayIsAnAverageToo() {
    Forecast forecast = month(1, "0", 0, day -> "3");
    assertThat(forecast.method())
        .isEqualTo("average of 1 day: too little history for a weekday pattern");
    assertThat(forecast.expected()).isEqualTo(Usd.of("18"));
    assertThat(forecast.interval95().high()).isGreaterThan(Usd.of("30"));
  }

  @Test
  void theFirstDayIsTakenForAWholeOneByTheShareThatHasPassed() {
    Forecast half = month(0, "3", 0.5, day -> "0");
    assertThat(half.expected()).isEqualTo(Usd.of("30"));
    assertThat(half.burnRate()).isEqualTo(Usd.of("6"));
    assertThat(half.method())
        .isEqualTo("what today is likely to cost: no day of history is over yet");

    // A minute after midnight nobody knows; four times as much is the most that is made of it.
    assertThat(month(0, "3", 0.001, day -> "0").burnRate()).isEqualTo(Usd.of("12"));
  }

  @Test
  void withoutHistoryTheForecastIsWhatIsSpent() {
    Forecast forecast = month(0, "0", 0.5, day -> "0");
    assertThat(forecast.expected()).isEqualTo(Usd.ZERO);
    assertThat(forecast.interval95()).isEqualTo(new Interval(Usd.ZERO, Usd.ZERO));
    assertThat(forecast.method()).isEqualTo("no history: only what is spent so far");

    assertThat(month(30, "0", 0.5, day -> "0").method()).isEqualTo("nothing was spent in 30 days");
    Forecast longAgo = month(250, "0", 0.5, day -> day.equals(TODAY.minusDays(250)) ? "9" : "0");
    assertThat(longAgo.method()).isEqualTo("nothing was spent in 182 days");
    assertThat(longAgo.expected()).isEqualTo(Usd.ZERO);
  }

  @Test
  void oneMishapDoesNotRaiseTheForecastButTheInterval() {
    Forecast calm = month(80, "0", 0, day -> "" + (10 + day.getDayOfMonth() % 3));
    Forecast mishap =
        month(
            80,
            "0",
            0,
            day -> day.equals(TODAY.minusDays(40)) ? "500" : "" + (10 + day.getDayOfMonth() % 3));
    assertThat(rest(mishap)).isEqualTo(rest(calm), within(2.0));
    assertThat(width(mishap.interval95())).isGreaterThan(width(calm.interval95()));
  }

  @Test
  void spikesThatComeAgainAreExpectedAgain() {
    // $5 a day and $65 on every tenth: $11 on average.
    Forecast forecast = month(100, "0", 0, day -> day.toEpochDay() % 10 == 0 ? "65" : "5");
    assertThat(rest(forecast)).isEqualTo(5 * 11, within(12.0));
  }

  @Test
  void burstsOnAnyDayAreAveraged() {
    Forecast forecast = month(90, "0", 0, day -> day.toEpochDay() % 9 == 0 ? "18" : "0");
    assertThat(forecast.method()).contains("spending comes in bursts, on any weekday");
    assertThat(rest(forecast)).isEqualTo(5 * 2, within(1.0));
    assertThat(forecast.interval80().contains(forecast.spent())).isTrue();
  }

  @Test
  void onTheEveningOfTheLastDayNothingMoreIsExpected() {
    Forecast forecast = Forecaster.of(series(30, "2", 1, day -> "2")).period(FIRST, TODAY);
    assertThat(forecast.expected()).isEqualTo(forecast.spent()).isEqualTo(Usd.of("52"));
    assertThat(forecast.days()).hasSize(1);
  }

  @Test
  void aPeriodThatTodayIsNotInIsRefused() {
    Forecaster forecaster = Forecaster.of(series(30, "2", 1, day -> "2"));
    for (List<LocalDate> period :
        List.of(
            List.of(TODAY.plusDays(1), LAST),
            List.of(FIRST, TODAY.minusDays(1)),
            List.of(FIRST, TODAY.plusDays(366)))) {
      assertThatThrownBy(() -> forecaster.period(period.get(0), period.get(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("A forecast on 2026-11-26 needs a period with that day in it");
    }
    assertThat(forecaster.period(FIRST, TODAY.plusDays(365)).days()).hasSize(366);
  }

  @Test
  void itIsDescribedInAFewLines() {
    Forecast forecast = month(56, "1", 0.5, day -> "2");
    assertThat(forecast.describe())
        .isEqualTo(
            """
            November 2026: $51.00 spent by the 26th, about $60.00 expected (80 %%: $60.00 to $60.00)
            19 times in 20 it ends between $60.00 and $60.00
            burn rate: $2.00 a day lately
            method: no weekday pattern, smoothed level over 56 days
            accuracy: %s"""
                .formatted(forecast.accuracy().orElseThrow()));
    assertThat(new Accuracy(45, 0.0333, 0.1, -0.009, 0.911, 0.978, 0.062))
        .hasToString(
            "45 forecasts of the past were off by 3.3 % (plain run rate: 6.2 %), bias -0.9 %;"
                + " 91 % lay in the 80 % interval, 98 % in the 95 % one");
  }

  @Test
  void aPeriodThatIsNoMonthIsNamedByItsDays() {
    Forecaster forecaster = Forecaster.of(series(30, "0.0004", 0.5, day -> "0.001"));
    LocalDate monday = TODAY.with(DayOfWeek.MONDAY);
    assertThat(forecaster.period(monday, monday.plusDays(6)).describe())
        .startsWith(
            "2026-11-23 to 2026-11-29: $0.0034 spent by 2026-11-26, about $0.0069 expected");
    assertThat(forecaster.period(TODAY, TODAY).describe())
        .startsWith("2026-11-26: $0.0004 spent by 2026-11-26, about $0.0009 expected");
    assertThat(forecaster.period(FIRST, LAST.plusDays(1)).describe())
        .startsWith("2026-11-01 to 2026-12-01: ");
  }

  @Test
  void theDayIsSpelledAsInSpeech() {
    Map<Integer, String> spelled =
        Map.of(
            1, "1st", 2, "2nd", 3, "3rd", 4, "4th", 11, "11th", 12, "12th", 13, "13th", 22, "22nd");
    spelled.forEach(
        (day, text) -> {
          DailyCosts costs = DailyCosts.of(Map.of(), FIRST.withDayOfMonth(day), 0);
          assertThat(Forecaster.of(costs).period(FIRST, LAST).describe())
              .startsWith("November 2026: $0.00 spent by the " + text + ",");
        });
  }

  private static double rest(Forecast forecast) {
    return forecast.expected().minus(forecast.spent()).approximately();
  }

  private static double width(Interval interval) {
    return interval.high().minus(interval.low()).approximately();
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
  }

  private static Forecast month(
      int days, String today, double elapsed, Function<LocalDate, String> amount) {
    return Forecaster.of(series(days, today, elapsed, amount)).period(FIRST, LAST);
  }

  private static DailyCosts series(
      int days, String today, double elapsed, Function<LocalDate, String> amount) {
    Map<LocalDate, Usd> byDay = new TreeMap<>();
    TODAY.minusDays(days).datesUntil(TODAY).forEach(d -> byDay.put(d, Usd.of(amount.apply(d))));
    byDay.put(TODAY, Usd.of(today));
    return DailyCosts.of(byDay, TODAY, elapsed);
  }
}
