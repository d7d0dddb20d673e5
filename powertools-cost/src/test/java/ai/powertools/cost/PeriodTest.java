package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {
  @ParameterizedTest
  @CsvSource({
    "HOUR, 2026-11-24T10:59:59.999Z, 2026-11-24T10:00:00Z",
    "HOUR, 2026-11-24T11:00:00Z, 2026-11-24T11:00:00Z",
    "DAY, 2026-11-24T23:59:59.999Z, 2026-11-24T00:00:00Z",
    "DAY, 2026-11-25T00:00:00Z, 2026-11-25T00:00:00Z",
    "WEEK, 2026-11-22T23:59:59Z, 2026-11-16T00:00:00Z",
    "WEEK, 2026-11-23T00:00:00Z, 2026-11-23T00:00:00Z",
    "WEEK, 2027-01-01T12:00:00Z, 2026-12-28T00:00:00Z",
    "MONTH, 2026-11-30T23:59:59.999Z, 2026-11-01T00:00:00Z",
    "MONTH, 2026-12-01T00:00:00Z, 2026-12-01T00:00:00Z",
    "MONTH, 2028-02-29T23:59:59Z, 2028-02-01T00:00:00Z",
    "EVER, 2026-11-24T10:00:00Z, 1970-01-01T00:00:00Z"
  })
  void followsTheCalendar(Period period, Instant at, Instant start) {
    assertThat(period.windowStart(at, ZoneId.of("UTC"))).isEqualTo(start);
  }

  @ParameterizedTest
  @CsvSource({
    // Midnight of the zone, not of UTC; and the month begins when the zone says so.
    "DAY, Asia/Tokyo, 2026-11-24T15:00:00Z, 2026-11-24T15:00:00Z",
    "DAY, America/New_York, 2026-11-24T04:59:59Z, 2026-11-23T05:00:00Z",
    "MONTH, Pacific/Auckland, 2026-11-30T11:00:00Z, 2026-11-30T11:00:00Z",
    "MONTH, America/Los_Angeles, 2026-12-01T07:59:59Z, 2026-11-01T07:00:00Z",
    "WEEK, Asia/Kathmandu, 2026-11-22T18:15:00Z, 2026-11-22T18:15:00Z",
    "HOUR, Asia/Kathmandu, 2026-11-22T18:14:59Z, 2026-11-22T17:15:00Z",
    "EVER, Asia/Tokyo, 2026-11-24T15:00:00Z, 1970-01-01T00:00:00Z"
  })
  void followsTheClocksOfItsZone(Period period, ZoneId zone, Instant at, Instant start) {
    assertThat(period.windowStart(at, zone)).isEqualTo(start);
  }

  @ParameterizedTest
  @CsvSource({
    // Berlin puts its clocks forward on 2026-03-29 at 01:00Z: that day has 23 hours,
    "DAY, Europe/Berlin, 2026-03-29T21:59:59Z, 2026-03-28T23:00:00Z",
    "DAY, Europe/Berlin, 2026-03-29T22:00:00Z, 2026-03-29T22:00:00Z",
    "HOUR, Europe/Berlin, 2026-03-29T01:30:00Z, 2026-03-29T01:00:00Z",
    // and back on 2026-10-25 at 01:00Z: 25 hours, of which two are called two o'clock.
    "DAY, Europe/Berlin, 2026-10-25T22:59:59Z, 2026-10-24T22:00:00Z",
    "HOUR, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-25T00:00:00Z",
    "HOUR, Europe/Berlin, 2026-10-25T01:30:00Z, 2026-10-25T01:00:00Z",
    "MONTH, Europe/Berlin, 2026-10-31T22:59:59Z, 2026-09-30T22:00:00Z",
    "MONTH, Europe/Berlin, 2026-10-31T23:00:00Z, 2026-10-31T23:00:00Z",
    // In Beirut the clocks skip midnight itself.
    "DAY, Asia/Beirut, 2026-03-28T22:30:00Z, 2026-03-28T22:00:00Z",
    "DAY, Asia/Beirut, 2026-03-28T21:59:59Z, 2026-03-27T22:00:00Z",
    // On Chatham they are changed at a quarter to: 02:45 to 03:45, and 03:45 back to 02:45.
    "HOUR, Pacific/Chatham, 2026-09-26T14:10:00Z, 2026-09-26T14:00:00Z",
    "HOUR, Pacific/Chatham, 2026-09-26T13:59:59Z, 2026-09-26T13:15:00Z",
    "HOUR, Pacific/Chatham, 2026-04-04T14:05:00Z, 2026-04-04T14:00:00Z",
    // In Newfoundland they went back from 00:01 to 23:01: the new day had begun, and goes on.
    "DAY, America/St_Johns, 2010-11-07T02:30:30Z, 2010-11-07T02:30:00Z",
    "DAY, America/St_Johns, 2010-11-07T03:00:00Z, 2010-11-07T02:30:00Z",
    // In Havana midnight comes twice, and the day begins with the first.
    "DAY, America/Havana, 2026-11-01T05:30:00Z, 2026-11-01T04:00:00Z"
  })
  void isNotConfusedWhenTheClocksAreChanged(Period period, ZoneId zone, Instant at, Instant start) {
    assertThat(period.windowStart(at, zone)).isEqualTo(start);
  }

  @Test
  void isCalledWhatPeopleCallIt() {
    assertThat(Period.values())
        .extracting(Period::adverb)
        .containsExactly("hourly", "daily", "weekly", "monthly", "in all");
  }
}
