package ai.powertools.cost;

import ai.powertools.core.Time;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes forecasts of what a ledger has. */
final class Outlook {
  /** More history than a forecast looks at. */
  private static final int DAYS_BACK = 400;

  private static final int DAYS_AHEAD = 365;

  private final Readings readings;
  private final Time time;

  Outlook(Readings readings, Time time) {
    this.readings = readings;
    this.time = time;
  }

  /** The one of that name that its calls share. */
  static BudgetStatus shared(String name, List<BudgetStatus> all) {
    List<BudgetStatus> shared =
        all.stream().filter(one -> one.budget().scope().each().isEmpty()).toList();
    return shared.stream()
        .filter(one -> one.budget().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no budget \"%s\" that its calls share. There are: %s."
                        .formatted(
                            name,
                            shared.stream()
                                .map(one -> one.budget().name())
                                .collect(Collectors.joining(", ")))));
  }

  LocalDate today() {
    return LocalDate.ofInstant(time.instant(), readings.zone());
  }

  Forecast month() {
    YearMonth month = YearMonth.from(today());
    return forecaster(Scope.ALL).period(month.atDay(1), month.atEndOfMonth());
  }

  Forecast window(BudgetStatus status) {
    if (status.windowEnd().isEmpty() || status.budget().window() instanceof Window.Rolling) {
      throw new IllegalArgumentException(
          "Budget \"%s\" has no end to forecast. Ask when it is used up, or for a budget per day, week or month."
              .formatted(status.label()));
    }
    return forecaster(status.budget().scope())
        .period(LocalDate.ofInstant(status.windowStart(), readings.zone()), lastDay(status));
  }

  Exhaustion exhaustion(BudgetStatus status) {
    if (status.budget().window() instanceof Window.Rolling) {
      throw new IllegalArgumentException(
          "What budget \"%s\" has spent leaves it again with time: there is no day on which it is used up."
              .formatted(status.label()));
    }
    return forecaster(status.budget().scope())
        .exhaustion(status.budget().limit(), status.spent(), lastDay(status));
  }

  private LocalDate lastDay(BudgetStatus status) {
    LocalDate horizon = today().plusDays(DAYS_AHEAD);
    return status
        .windowEnd()
        .map(end -> LocalDate.ofInstant(end.minusNanos(1), readings.zone()))
        .filter(day -> day.isBefore(horizon))
        .orElse(horizon);
  }

  private Forecaster forecaster(Scope scope) {
    if (scope.mentions(Attributes.SESSION)) {
      throw new IllegalArgumentException(
          "Days are not summed up by session, so there is no forecast of one.");
    }
    LocalDate today = today();
    Map<LocalDate, Usd> byDay = new HashMap<>();
    for (Readings.DayCost day : readings.costs(today.minusDays(DAYS_BACK), today)) {
      if (scope.shareOf(day.attributes()).isPresent()) {
        byDay.merge(day.day(), day.cost(), Usd::plus);
      }
    }
    return Forecaster.of(DailyCosts.of(byDay, today, elapsed(today)));
  }

  /** The share of today that has passed; a day with a change of clocks has its own length. */
  private double elapsed(LocalDate today) {
    ZoneId zone = readings.zone();
    Instant begin = today.atStartOfDay(zone).toInstant();
    Duration whole = Duration.between(begin, today.plusDays(1).atStartOfDay(zone).toInstant());
    Duration passed = Duration.between(begin, time.instant());
    return Math.min(1, Math.max(0, (double) passed.toMillis() / whole.toMillis()));
  }
}
