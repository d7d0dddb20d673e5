package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:15:30Z");

  @ParameterizedTest
  @CsvSource({
    "SUNDAY, UTC, 2026-11-22T00:00:00Z, 2026-11-29T00:00:00Z",
    "TUESDAY, UTC, 2026-11-24T00:00:00Z, 2026-12-01T00:00:00Z",
    "WEDNESDAY, UTC, 2026-11-18T00:00:00Z, 2026-11-25T00:00:00Z",
    // Kathmandu is 5:45 ahead; New York was put back on 1 November, within that week.
    "SUNDAY, Asia/Kathmandu, 2026-11-21T18:15:00Z, 2026-11-28T18:15:00Z",
    "FRIDAY, America/New_York, 2026-11-20T05:00:00Z, 2026-11-27T05:00:00Z"
  })
  void aWeekBeginsOnTheDayThatIsSaid(DayOfWeek day, ZoneId zone, Instant start, Instant end) {
    Window window = Budget.usd(1).per(Period.WEEK).startingOn(day).in(zone).window();

    assertThat(window.start(NOW)).isEqualTo(start);
    assertThat(window.end(NOW)).contains(end);
  }

  @ParameterizedTest
  @CsvSource({
    "1, UTC, 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z",
    "24, UTC, 2026-11-24T00:00:00Z, 2026-12-24T00:00:00Z",
    "25, UTC, 2026-10-25T00:00:00Z, 2026-11-25T00:00:00Z",
    "28, Europe/Berlin, 2026-10-27T23:00:00Z, 2026-11-27T23:00:00Z",
    // Lord Howe puts its clocks by half an hour.
    "4, Australia/Lord_Howe, 2026-11-03T13:00:00Z, 2026-12-03T13:00:00Z"
  })
  void aMonthBeginsOnTheDayOfTheBill(int day, ZoneId zone, Instant start, Instant end) {
    Window window = Budget.usd(1).per(Period.MONTH).startingOnDay(day).in(zone).window();

    assertThat(window.start(NOW)).isEqualTo(start);
    assertThat(window.end(NOW)).contains(end);
  }

  @Test
  void aDayOfTwentyThreeHoursEndsWhenTheNextBegins() {
    Window window = Budget.usd(1).per(Period.DAY).in(ZoneId.of("Europe/Berlin")).window();
    Instant noon = Instant.parse("2026-03-29T12:00:00Z");

    assertThat(Duration.between(window.start(noon), window.end(noon).orElseThrow()))
        .isEqualTo(Duration.ofHours(23));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 29, 31, -1})
  void aMonthCannotBeginOnADayThatNotEveryMonthHas(int day) {
    assertThatThrownBy(() -> Budget.usd(1).startingOnDay(day))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A month can begin on day 1 to 28, which every month has, not on " + day + ".");
  }

  @Test
  void aRollingWindowEndsNow() {
    Window window = Budget.usd(1).rolling(Duration.ofHours(24)).window();

    assertThat(window.start(NOW)).isEqualTo(NOW.minus(Duration.ofHours(24)));
    assertThat(window.end(NOW)).contains(NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT59.999S", "PT0S", "PT-1H", "P3653DT0.000000001S"})
  void aRollingWindowIsFromAMinuteToTenYearsLong(Duration length) {
    assertThatThrownBy(() -> Budget.usd(1).rolling(length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A rolling window is from a minute to ten years long, not " + length + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "PT1M, in any minute",
    "PT90M, in any 90 minutes",
    "PT1H, in any hour",
    "PT5H, in any 5 hours",
    "PT24H, in any 24 hours",
    "P7D, in any 7 days",
    "PT90S, in any PT1M30S"
  })
  void isCalledWhatPeopleCallIt(Duration length, String adverb) {
    assertThat(Budget.usd(1).rolling(length).window().adverb()).isEqualTo(adverb);
  }

  @Test
  void aRollingWindowIsTheSameByEveryCalendar() {
    Budget rolling = Budget.usd(1).rolling(Duration.ofHours(24));

    assertThat(rolling.in(ZoneId.of("Asia/Tokyo"))).isEqualTo(rolling);
    assertThat(rolling.startingOn(DayOfWeek.SUNDAY)).isEqualTo(rolling);
    assertThat(rolling.startingOnDay(15)).isEqualTo(rolling);
    assertThat(rolling.per(Period.DAY).window())
        .isEqualTo(new Window.Calendar(Period.DAY, ZoneOffset.UTC, DayOfWeek.MONDAY, 1));
  }

  @Test
  void keepsUnderOneKeyWhatIsCountedAlike() {
    Budget budget = Budget.usd(1).in(ZoneId.of("Asia/Tokyo"));

    assertThat(budget.startingOn(DayOfWeek.SUNDAY).window().key())
        .isEqualTo(Budget.usd(1).window().key());
    assertThat(budget.per(Period.DAY).startingOnDay(15).window().key())
        .isEqualTo(budget.per(Period.DAY).window().key());
    assertThat(budget.per(Period.WEEK).startingOn(DayOfWeek.SUNDAY).window().key())
        .isNotEqualTo(budget.per(Period.WEEK).window().key());
  }
}
