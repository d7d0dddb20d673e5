package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One of the key figures of a report, as people read it.
 *
 * @param label what it is, as in {@code Per call}
 * @param shown its value, rounded
 * @param exact all its digits, where it is an amount
 * @param note what else there is to say, or nothing in a text
 */
record Figure(String label, String shown, Optional<Usd> exact, String note) {
  private static final String NOTHING = "–";

  /** All of a report that have a value, the first of them its cost. */
  static List<Figure> of(MonthlyReport report) {
    Totals totals = report.totals();
    List<Figure> figures = new ArrayList<>();
    figures.add(
        amount(
            "Cost",
            Optional.of(totals.cost()),
            report.change().map(MonthChange::toString).orElse("")));
    figures.add(new Figure("Calls", count(totals.calls()), Optional.empty(), attempts(totals)));
    figures.add(amount("Per call", totals.costPerCall(), ""));
    figures.add(
        amount(
            "Per success",
            totals.costPerSuccess(),
            count(totals.useful())
                + (totals.useful() == 1 ? " useful answer" : " useful answers")));
    ReportSection users = new ReportSection(Attributes.USER, report.byUser());
    if (!users.isEmpty()) {
      figures.add(
          amount(
              "Per user",
              users.average(),
              count(users.size()) + (users.size() == 1 ? " user" : " users")));
    }
    if (totals.usage().inputTokens() > 0) {
      figures.add(cache(totals));
    }
    figures.add(
        amount(
            "Wasted",
            Optional.of(totals.waste().total()),
            totals.cost().isZero()
                ? ""
                : Share.of(totals.waste().total(), totals.cost()) + " of the cost"));
    report.p50().ifPresent(p50 -> figures.add(latency(p50, report.p95().orElse(p50))));
    return List.copyOf(figures);
  }

  private static Figure amount(String label, Optional<Usd> amount, String note) {
    return new Figure(
        label, amount.map(exact -> new Money(exact).toString()).orElse(NOTHING), amount, note);
  }

  private static Figure cache(Totals totals) {
    Usd savings = totals.cacheSavings();
    Share rate = new Share(totals.usage().cachedInputTokens(), totals.usage().inputTokens());
    String note =
        savings.isNegative()
            ? "cost " + new Money(Usd.ZERO.minus(savings)) + " more than it saved"
            : "saved " + new Money(savings);
    return new Figure("From caches", rate.toString(), Optional.empty(), "of input; " + note);
  }

  private static Figure latency(Duration p50, Duration p95) {
    return new Figure(
        "Latency", new Took(p50).toString(), Optional.empty(), "median; p95 " + new Took(p95));
  }

  private static String attempts(Totals totals) {
    return count(totals.attempts())
        + (totals.attempts() == 1 ? " attempt, " : " attempts, ")
        + count(totals.failed())
        + " failed";
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
