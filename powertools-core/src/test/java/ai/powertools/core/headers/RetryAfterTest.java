package ai.powertools.core.headers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of Retry-After that servers send, and those that they should not. */
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

  private static Optional<Duration> parse(String header, Instant now) {
    return RetryAfter.asked(name -> name.equals("Retry-After") ? header : null, now);
  }

  private static Optional<Duration> parseMillis(String header) {
    return RetryAfter.asked(name -> name.equals("retry-after-ms") ? header : null, NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "120, PT2M",
    "0, PT0S",
    "007, PT7S",
    "' 3 ', PT3S",
    "1.5, PT1.5S",
    "0.000001, PT0.000001S"
  })
  void readsSeconds(String header, Duration expected) {
    assertThat(parse(header, NOW)).contains(expected);
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
    assertThat(parse(header, NOW)).contains(Duration.ofSeconds(37));
  }

  @Test
  void readsADayOfTwoDigitsInTheOldestFormat() {
    assertThat(parse("Wed Nov 16 08:49:00 1994", NOW)).contains(Duration.ofDays(10));
  }

  @Test
  void readsEveryMonth() {
    String[] months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ", -1);
    for (int i = 0; i < months.length; i++) {
      Instant first = Instant.parse("2025-%02d-01T00:00:00Z".formatted(i + 1));
      assertThat(parse("Mon, 01 " + months[i] + " 2025 00:00:00 GMT", first.minusSeconds(9)))
          .contains(Duration.ofSeconds(9));
    }
  }

  @Test
  void aDateThatHasPassedIsNoWait() {
    assertThat(parse("Sun, 06 Nov 1994 08:48:59 GMT", NOW)).contains(Duration.ZERO);
  }

  @Test
  void aLeapSecondIsTheSecondBeforeIt() {
    Instant now = Instant.parse("2016-12-31T23:59:00Z");
    assertThat(parse("Sat, 31 Dec 2016 23:59:60 GMT", now)).contains(Duration.ofSeconds(59));
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
    assertThat(HttpDate.parse("Monday, 01-May-" + digits + " 00:00:00 GMT", now))
        .contains(Instant.parse(year + "-05-01T00:00:00Z"));
  }

  @Test
  void moreThanFiftyYearsAheadByADayIsThePast() {
    Instant now = Instant.parse("2026-06-01T00:00:00Z");
    assertThat(HttpDate.parse("Monday, 01-Jun-76 00:00:00 GMT", now))
        .contains(Instant.parse("2076-06-01T00:00:00Z"));
    assertThat(HttpDate.parse("Monday, 02-Jun-76 00:00:00 GMT", now))
        .contains(Instant.parse("1976-06-02T00:00:00Z"));
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
    assertThat(parse(header, NOW)).isEmpty();
    assertThat(parseMillis(header)).isEmpty();
  }

  @Test
  void whatIsTooLongForAnythingIsAsGoodAsNotSaid() {
    assertThat(parse("9".repeat(60), NOW)).isEmpty();
    assertThat(parseMillis("9".repeat(60))).isEmpty();
    assertThat(parse("Fri, 31 Dec 9999 23:59:59 GMT", NOW)).isEmpty();
    assertThat(parse("9".repeat(1000), NOW)).isEmpty();
    assertThat(HttpDate.parse("Sunday, 06-Nov-94 08:49:37 GMT", Instant.MAX)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1250, PT1.25S", "0, PT0S", "0.5, PT0.0005S", "86400000, PT24H"})
  void readsMilliseconds(String header, Duration expected) {
    assertThat(parseMillis(header)).contains(expected);
  }
}
