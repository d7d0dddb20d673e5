package ai.powertools.ratelimit.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class CalendarWindowTest {
  private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

  @Test
  void aDayGoesFromMidnightToMidnightThere() {
    CalendarWindow day = new CalendarWindow(ChronoUnit.DAYS, PACIFIC);
    Instant now = Instant.parse("2026-07-01T03:00:00Z");
    assertThat(day.start(now)).isEqualTo(Instant.parse("2026-06-30T07:00:00Z"));
    assertThat(day.end(now)).isEqualTo(Instant.parse("2026-07-01T07:00:00Z"));
    assertThat(day.left(now)).isEqualTo(Duration.ofHours(4));
  }

  @Test
  void aDayOnWhichClocksAreChangedIsShorterOrLonger() {
    CalendarWindow day = new CalendarWindow(ChronoUnit.DAYS, PACIFIC);
    Instant spring = Instant.parse("2026-03-08T20:00:00Z");
    Instant autumn = Instant.parse("2026-11-01T20:00:00Z");
    assertThat(Duration.between(day.start(spring), day.end(spring)))
        .isEqualTo(Duration.ofHours(23));
    assertThat(Duration.between(day.start(autumn), day.end(autumn)))
        .isEqualTo(Duration.ofHours(25));
  }

  @Test
  void theMomentOfAResetBelongsToTheNextWindow() {
    CalendarWindow day = new CalendarWindow(ChronoUnit.DAYS, ZoneOffset.UTC);
    Instant reset = day.end(Instant.parse("2026-07-01T03:00:00Z"));
    assertThat(day.start(reset)).isEqualTo(reset);
    assertThat(day.start(reset.minusNanos(1))).isEqualTo(reset.minus(Duration.ofDays(1)));
  }

  @Test
  void weeksBeginOnMondaysAndMonthsOnTheFirst() {
    Instant sunday = Instant.parse("2026-11-29T12:00:00Z");
    CalendarWindow week = new CalendarWindow(ChronoUnit.WEEKS, ZoneOffset.UTC);
    assertThat(week.start(sunday)).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
    assertThat(week.end(sunday)).isEqualTo(Instant.parse("2026-11-30T00:00:00Z"));
    CalendarWindow month = new CalendarWindow(ChronoUnit.MONTHS, ZoneOffset.UTC);
    assertThat(month.start(sunday)).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
    assertThat(month.end(sunday)).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
  }

  @Test
  void hoursBeginWhereTheClockThereSaysSo() {
    CalendarWindow hour = new CalendarWindow(ChronoUnit.HOURS, ZoneId.of("Asia/Kolkata"));
    Instant now = Instant.parse("2026-11-29T12:10:00Z");
    assertThat(hour.start(now)).isEqualTo(Instant.parse("2026-11-29T11:30:00Z"));
    assertThat(hour.end(now)).isEqualTo(Instant.parse("2026-11-29T12:30:00Z"));
  }

  @Test
  void refusesUnitsThatNoVendorResetsBy() {
    assertThatThrownBy(() -> new CalendarWindow(ChronoUnit.DECADES, ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A quota is reset every hour, day, week or month, not by Decades.");
  }

  @Test
  void saysWhatItIs() {
    assertThat(new CalendarWindow(ChronoUnit.MONTHS, ZoneId.of("UTC"))).hasToString("month (UTC)");
    assertThat(new RollingWindow(Duration.ofHours(24))).hasToString("any 24 hours");
    assertThat(new RollingWindow(Duration.ofHours(1))).hasToString("any hour");
    assertThat(new RollingWindow(Duration.ofMinutes(90))).hasToString("any 1 h 30 min");
    assertThat(new RollingWindow(Duration.ofMinutes(5))).hasToString("any 5 min");
    assertThat(new RollingWindow(Duration.ofSeconds(10))).hasToString("any 10 s");
  }

  @Test
  void aRollingWindowNeedsALength() {
    assertThatThrownBy(() -> new RollingWindow(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than zero");
  }
}
