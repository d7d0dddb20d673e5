package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of Retry-After that servers send, and those that they should not. */
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  @ParameterizedTest
  @CsvSource({
    "120, PT2M",
    "0, PT0S",
    "007, PT7S",
    "' 3 ', PT3S",
    "1.5, PT1.5S",
    "0.000001, PT0.000001S",
    "2., PT2S",
    ".25, PT0.25S",
    "0.0000000001, PT0.000000001S"
  })
  void readsSeconds(String header, Duration expected) {
    assertThat(RetryAfter.parse(header, NOW)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "sun, 06 nov 1994 08:49:37 gmt",
      })
  void readsTheThreeDatesOfTheStandard(String header) {
    assertThat(RetryAfter.parse(header, NOW)).contains(Duration.ofSeconds(37));
  }

  @Test
  void readsADayOfTwoDigitsInTheOldestFormat() {
    assertThat(RetryAfter.parse("Wed Nov 16 08:49:00 1994", NOW)).contains(Duration.ofDays(10));
  }

  @Test
  void readsEveryMonth() {
    String[] months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ", -1);
    Instant newYear = Instant.parse("2025-01-01T00:00:00Z");
    for (int i = 0; i < months.length; i++) {
      Instant first = Instant.parse("2025-%02d-01T00:00:00Z".formatted(i + 1));
      assertThat(RetryAfter.parse("Mon, 01 " + months[i] + " 2025 00:00:00 GMT", newYear))
          .contains(Duration.between(newYear, first));
    }
  }

  @Test
  void aDateThatHasPassedIsNoWait() {
    assertThat(RetryAfter.parse("Sun, 06 Nov 1994 08:48:59 GMT", NOW)).contains(Duration.ZERO);
  }

  @Test
  void aLeapSecondIsTheSecondBeforeIt() {
    Instant now = Instant.parse("2016-12-31T23:59:00Z");
    assertThat(RetryAfter.parse("Sat, 31 Dec 2016 23:59:60 GMT", now))
        .contains(Duration.ofSeconds(59));
  }

  @ParameterizedTest
  @CsvSource({
    // now, two digits, the year they mean: the latest that is at most 50 years ahead
    "2026-06-01T00:00:00Z, 26, 2026",
    "2026-06-01T00:00:00Z, 76, 2076",
    "2026-06-01T00:00:00Z, 77, 1977",
    "2099-06-01T00:00:00Z, 00, 2100",
    "1994-06-01T00:00:00Z, 44, 2044",
    "1994-06-01T00:00:00Z, 45, 1945",
  })
  void twoDigitsOfAYearAreNeverFarAhead(Instant now, String digits, int year) {
    Duration wait =
        RetryAfter.parse("Monday, 01-May-" + digits + " 00:00:00 GMT", now).orElseThrow();
    Instant meant = Instant.parse(year + "-05-01T00:00:00Z");
    Duration expected = Duration.between(now, meant);
    assertThat(wait).isEqualTo(expected.isNegative() ? Duration.ZERO : expected);
  }

  @Test
  void moreThanFiftyYearsAheadByADayIsThePast() {
    Instant now = Instant.parse("2026-06-01T00:00:00Z");
    assertThat(RetryAfter.parse("Monday, 01-Jun-76 00:00:00 GMT", now))
        .contains(Duration.between(now, Instant.parse("2076-06-01T00:00:00Z")));
    assertThat(RetryAfter.parse("Monday, 02-Jun-76 00:00:00 GMT", now)).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-5",
        "+5",
        "soon",
        "1e3",
        "0x10",
        "5s",
        "5 seconds",
        "1,5",
        "1.2.3",
        ".",
        "NaN",
        "Infinity",
        "١٢",
        "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 06 anf 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Nov 1994 08:49:37",
        "1994-11-06T08:49:37Z",
      })
  void allElseIsEmpty(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    assertThat(RetryAfter.parseMillis(header)).isEmpty();
  }

  @Test
  void whatIsTooLongForAnythingIsVeryLongButNoError() {
    assertThat(RetryAfter.parse("9".repeat(60), NOW)).contains(LONGEST);
    assertThat(RetryAfter.parse("9223372036854775807", NOW)).contains(LONGEST);
    assertThat(RetryAfter.parseMillis("9".repeat(60))).contains(LONGEST);
    assertThat(RetryAfter.parse("Fri, 31 Dec 9999 23:59:59 GMT", NOW)).contains(LONGEST);
    assertThat(RetryAfter.parse("9".repeat(1000), NOW)).isEmpty();
    assertThat(RetryAfter.parse("Sunday, 06-Nov-94 08:49:37 GMT", Instant.MAX)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1250, PT1.25S", "0, PT0S", "0.5, PT0.0005S", "99999999999, PT99999999.999S"})
  void readsMilliseconds(String header, Duration expected) {
    assertThat(RetryAfter.parseMillis(header)).contains(expected);
  }
}
