package ai.powertools.orchestrator;

import ai.powertools.core.ConfigurationException;
import ai.powertools.cost.AtLimit;
import ai.powertools.cost.Budget;
import ai.powertools.cost.Period;
import ai.powertools.models.Usd;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The budgets of a configuration: the one under {@code budget}, and those under {@code budgets}.
 */
final class BudgetSection {
  private static final int LARGEST_PERCENTAGE = 1_000;

  private BudgetSection() {}

  /**
   * All of them, in their order.
   *
   * @throws ConfigurationException if one is wrong, or two have the same name
   */
  static List<Budget> read(YamlSection root) {
    List<Budget> budgets = new ArrayList<>();
    Set<String> names = new HashSet<>();
    root.section("budget")
        .ifPresent(
            section -> {
              Budget budget = limit(section).per(WindowKeys.period(section).orElse(Period.MONTH));
              section.refuseOthers();
              names.add(budget.name());
              budgets.add(budget);
            });
    for (YamlSection section : root.sections("budgets")) {
      Budget budget = budget(section);
      section.refuseOthers();
      if (!names.add(budget.name())) {
        throw section.error(
            "name",
            "must tell it from the other budget \"%s\", as in name: \"%s, daily\""
                .formatted(budget.name(), budget.name()));
      }
      budgets.add(budget);
    }
    return List.copyOf(budgets);
  }

  private static Budget budget(YamlSection section) {
    Budget budget = WindowKeys.of(section, scoped(section, limit(section)));
    boolean soft =
        section.parsed("at_limit", "refuse or allow", BudgetSection::atLimit).stream()
            .anyMatch(AtLimit.ALLOW::equals);
    int[] alerts =
        section
            .allParsed("alerts", "a percentage from 1 to 1000", BudgetSection::percentage)
            .stream()
            .mapToInt(Integer::intValue)
            .toArray();
    Budget told = (soft ? budget.softLimit() : budget).alertAt(alerts);
    return section.text("name").map(told::named).orElse(told);
  }

  private static Budget limit(YamlSection section) {
    return section
        .parsed(
            "usd",
            "an amount of dollars such as 100 or 0.01",
            dollars -> Budget.of(Usd.of(dollars)))
        .orElseThrow(() -> section.error("needs a limit, as in usd: 100"));
  }

  /** For the calls that {@code where} and {@code each} tell. */
  private static Budget scoped(YamlSection section, Budget all) {
    Budget budget = all;
    for (Map.Entry<String, String> one : section.pairs("where").entrySet()) {
      Budget before = budget;
      budget = section.sound("where", () -> before.where(one.getKey(), one.getValue()));
    }
    String[] each = section.texts("each").toArray(String[]::new);
    Budget together = budget;
    return section.sound("each", () -> together.forEach(each));
  }

  private static AtLimit atLimit(String name) {
    return AtLimit.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static int percentage(String text) {
    int percent = Integer.parseInt(text);
    if (percent < 1 || percent > LARGEST_PERCENTAGE) {
      throw new IllegalArgumentException(text);
    }
    return percent;
  }
}
