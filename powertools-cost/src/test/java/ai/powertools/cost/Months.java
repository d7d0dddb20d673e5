package ai.powertools.cost;

import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Rows to report on: made by hand, or by chance. */
final class Months {
  static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Names that try to get out of whatever they are written in. */
  static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "' onmouseover='alert(1)",
          "a|b\\|c",
          "`code` **bold** _it_ [a](javascript:x) ![i](http://x/y.png)",
          "=cmd()",
          "+1",
          "-1",
          "@SUM(A1)",
          "'quoted",
          "a;=cmd()",
          "\"a\",\"b\"",
          "&lt;&amp;",
          "</style></title>",
          "\u202Eabc",
          "averyverylongnamewithoutanyplacetobreakit".repeat(6));

  private Months() {}

  static LocalDate november(int day) {
    return NOVEMBER.atDay(day);
  }

  /** As in {@code row(november(3), "task=sum user=ada", paid("0.50", 2))}. */
  static DayTotals row(LocalDate day, String attributes, Totals totals) {
    Map<String, String> values = new HashMap<>();
    for (String one : attributes.isEmpty() ? new String[0] : attributes.split(" ")) {
      int equals = one.indexOf('=');
      values.put(one.substring(0, equals), one.substring(equals + 1));
    }
    return new DayTotals(day, Attributes.of(values), totals);
  }

  /** So many calls that succeeded at once. */
  static Totals paid(String usd, long calls) {
    return totals(usd, calls, calls, calls, Usage.of(100 * calls, 10 * calls), Waste.NONE);
  }

  static Totals totals(
      String usd, long calls, long attempts, long succeeded, Usage usage, Waste waste) {
    return new Totals(
        calls,
        attempts,
        succeeded,
        attempts - succeeded,
        0,
        0,
        0,
        0,
        0,
        0,
        Usd.of(usd),
        Optional.of(Usd.ZERO),
        usage,
        Usd.ZERO,
        waste,
        Latencies.NONE);
  }

  static Latencies latencies(int count, Duration each) {
    return Latencies.of(Map.of(Latencies.bucket(each), (long) count));
  }

  static MonthlyReport report(List<DayTotals> rows) {
    return MonthlyReport.of(
        NOVEMBER, BERLIN, LocalDate.of(2026, 12, 1), rows, List.of(), List.of(), Optional.empty());
  }

  /** Any rows of November. */
  static List<DayTotals> random(Random random, int count) {
    List<DayTotals> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LocalDate day = november(1 + random.nextInt(30));
      rows.add(new DayTotals(day, attributes(random), totals(random)));
    }
    return rows;
  }

  /** A month of a busy ledger: the same {@code sets} of attributes, day after day. */
  static List<DayTotals> busy(Random random, int sets, int count) {
    List<Attributes> all = new ArrayList<>();
    for (int i = 0; i < sets; i++) {
      all.add(attributes(random).with(Attributes.USER, "user" + i));
    }
    List<DayTotals> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new DayTotals(
              november(1 + i / sets % 30),
              Attributes.of(all.get(i % sets).asMap()),
              totals(random)));
    }
    return rows;
  }

  private static Attributes attributes(Random random) {
    Attributes attributes = Attributes.NONE;
    if (random.nextInt(10) > 0) {
      String provider = "provider" + random.nextInt(4);
      attributes =
          attributes
              .with(Attributes.PROVIDER, provider)
              .with(Attributes.MODEL, provider + "/model-" + random.nextInt(3));
    }
    for (String name : List.of(Attributes.TASK, Attributes.USER, Attributes.TEAM, "feature")) {
      if (random.nextInt(4) > 0) {
        boolean hostile = random.nextInt(4) == 0;
        attributes =
            attributes.with(
                name,
                hostile ? HOSTILE.get(random.nextInt(HOSTILE.size())) : name + random.nextInt(30));
      }
    }
    return attributes;
  }

  private static Totals totals(Random random) {
    long calls = random.nextInt(20);
    long failed = random.nextInt(3);
    long cancelled = random.nextInt(2);
    long lost = random.nextInt(20) == 0 ? 1 : 0;
    long succeeded = calls;
    long input = random.nextInt(100_000);
    Map<Integer, Long> latencies = new HashMap<>();
    for (int i = 0; i < calls; i++) {
      latencies.merge(
          Latencies.bucket(Duration.ofMillis(1 + random.nextInt(20_000))), 1L, Long::sum);
    }
    return new Totals(
        calls,
        succeeded + failed + cancelled + lost,
        succeeded,
        failed,
        cancelled,
        lost,
        calls == 0 ? 0 : random.nextInt((int) calls),
        0,
        random.nextInt(3),
        lost,
        Usd.ofPico(random.nextLong(2_000_000_000_000L)),
        random.nextInt(50) == 0 ? Optional.empty() : Optional.of(Usd.cents(lost)),
        new Usage(input, input / 3, 0, random.nextInt(10_000), 0),
        Usd.of(BigDecimal.valueOf(random.nextInt(2_000) - 200, 5)),
        random.nextInt(5) > 0 ? Waste.NONE : waste(random),
        Latencies.of(latencies));
  }

  private static Waste waste(Random random) {
    return new Waste(
        Usd.ofPico(random.nextLong(1_000_000_000L)),
        Usd.ofPico(random.nextLong(1_000_000_000L)),
        Usd.ofPico(random.nextLong(1_000_000_000L)),
        Usd.ofPico(random.nextLong(1_000_000_000L)),
        Usd.ofPico(random.nextLong(1_000_000_000L)));
  }
}
