package ai.powertools.cost;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;

/** A month, in English. */
record MonthName(YearMonth month) {
  /** As in {@code 14 November}. */
  static String of(LocalDate day) {
    return day.getDayOfMonth() + " " + name(YearMonth.from(day));
  }

  /** Which days a report is of, as in {@code Not over: as of 14 November. Days of UTC.} */
  static String days(MonthlyReport report) {
    String zone = "Days of " + zone(report.zone()) + ".";
    return report.isComplete() ? zone : "Not over: as of " + of(report.asOf()) + ". " + zone;
  }

  /** UTC has several ids, one of which people know. */
  static String zone(ZoneId zone) {
    return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  /** As in {@code November 2026}. */
  @Override
  public String toString() {
    return name(month) + " " + month.getYear();
  }

  private static String name(YearMonth month) {
    return month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }
}
