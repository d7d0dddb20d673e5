package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a period will have cost at its end, if spending goes on as it did. An estimate, and it says
 * how good one: by intervals, and by how the same forecast did in the past.
 *
 * @param asOf the day it was made on, not over yet
 * @param first day of the period
 * @param last day of the period
 * @param spent in the period so far
 * @param expected in all at its end
 * @param interval80 where the total ends in four cases of five (80 %); not below what is spent
 *     already
 * @param interval95 where it ends in 19 cases of 20 (95 %); contains {@code interval80}
 * @param burnRate what a day cost on average of the last seven that are over, or of as many as are
 * @param days from today to the last of the period, each with an interval of 80 %
 * @param method what was used, for people, as in "weekday pattern and damped trend over 74 days"
 * @param accuracy how forecasts like this one did in the past; empty when the history is too short
 *     to make any
 */
public record Forecast(
    LocalDate asOf,
    LocalDate first,
    LocalDate last,
    Usd spent,
    Usd expected,
    Interval interval80,
    Interval interval95,
    Usd burnRate,
    List<DayForecast> days,
    String method,
    Optional<Accuracy> accuracy) {

  private static final int TEEN_FROM = 11;
  private static final int TEEN_TO = 13;

  /** Keeps the days as they are now. */
  public Forecast {
    days = List.copyOf(days);
  }

  /** A few lines for a terminal, without an end of line at the end. */
  public String describe() {
    return """
        %s: %s spent by %s, about %s expected (80 %%: %s)
        19 times in 20 it ends between %s
        burn rate: %s a day lately
        method: %s
        accuracy: %s"""
        .formatted(
            period(),
            RoundedDollars.of(spent),
            isMonth() ? "the " + ordinal(asOf.getDayOfMonth()) : asOf,
            RoundedDollars.of(expected),
            interval80,
            interval95.toString().replace(" to ", " and "),
            RoundedDollars.of(burnRate),
            method,
            accuracy.map(Accuracy::toString).orElse("not measured, the history is too short"));
  }

  private String period() {
    if (isMonth()) {
      return first.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
          + " "
          + first.getYear();
    }
    return first.equals(last) ? first.toString() : first + " to " + last;
  }

  private boolean isMonth() {
    YearMonth month = YearMonth.from(first);
    return first.equals(month.atDay(1)) && last.equals(month.atEndOfMonth());
  }

  private static String ordinal(int day) {
    boolean teen = day >= TEEN_FROM && day <= TEEN_TO;
    return day
        + switch (teen ? 0 : day % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }
}
