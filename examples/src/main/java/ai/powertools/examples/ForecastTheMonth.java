package ai.powertools.examples;

import ai.powertools.cost.Budget;
import ai.powertools.cost.CallSpan;
import ai.powertools.cost.CostTracker;
import ai.powertools.cost.DayForecast;
import ai.powertools.cost.Forecast;
import ai.powertools.cost.Period;
import ai.powertools.models.Usage;
import ai.powertools.testing.VirtualClock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;

/** What the month will have cost, from sixty made-up days on a clock that the example turns. */
public final class ForecastTheMonth {
  private static final int DAYS = 60;
  private static final Instant BEGIN = Instant.parse("2026-09-19T00:00:00Z");

  private ForecastTheMonth() {}

  public static void main(String[] arguments) {
    // Outside of an example the tracker goes by the machine's clock, and time(…) is left out.
    VirtualClock clock = VirtualClock.at(BEGIN);
    Budget monthly = Budget.usd(18).per(Period.MONTH).named("service").softLimit();
    try (CostTracker tracker = CostTracker.builder().time(clock).budget(monthly).build()) {
      Random random = new Random(7);
      for (int day = 0; day < DAYS; day++) {
        spendADay(tracker, clock, random);
        clock.advance(Duration.ofDays(1));
      }
      clock.advance(Duration.ofHours(9)); // it is nine in the morning of the 18th

      Forecast month = tracker.forecast();
      System.out.println(month.describe());
      System.out.println();
      for (DayForecast day : month.days().subList(0, 7)) {
        System.out.printf(
            "%s %s  about $%.2f, $%.2f to $%.2f%n",
            day.day().getDayOfWeek().name().substring(0, 3),
            day.day(),
            day.expected().approximately(),
            day.low().approximately(),
            day.high().approximately());
      }
      System.out.println();
      System.out.println("the budget of $18: " + tracker.exhaustion("service"));
    }
  }

  /** Many calls on working days, few on the others, and no two days alike. */
  private static void spendADay(CostTracker tracker, VirtualClock clock, Random random) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    boolean weekend =
        today.getDayOfWeek() == DayOfWeek.SATURDAY || today.getDayOfWeek() == DayOfWeek.SUNDAY;
    long calls = Math.round((weekend ? 30 : 120) * Math.exp(0.15 * random.nextGaussian()));
    for (long i = 0; i < calls; i++) {
      try (CallSpan span =
          tracker.trackCall("chat").model("gpt-5-mini").tokens(4_000, 4_000).start()) {
        span.usage(Usage.of(2_000 + random.nextInt(1_000), 2_000 + random.nextInt(2_000)));
      }
    }
  }
}
