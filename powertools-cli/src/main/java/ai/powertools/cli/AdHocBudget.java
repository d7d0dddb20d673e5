package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.cost.Budget;
import ai.powertools.cost.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A budget that is only looked at: nobody is held to it. */
final class AdHocBudget {
  @Option(
      names = "--usd",
      paramLabel = "DOLLARS",
      description = "Look at a budget of this limit, instead of those of the configuration.")
  private @Nullable String usd;

  @Option(
      names = "--per",
      paramLabel = "PERIOD",
      description = "hour, day, week, month or ever; month by default.")
  private @Nullable String per;

  @Option(
      names = "--where",
      paramLabel = "NAME=VALUE",
      description = "Only for calls with this attribute. May be repeated.")
  private Map<String, String> where = new LinkedHashMap<>();

  @Option(
      names = "--each",
      paramLabel = "ATTRIBUTE",
      description = "For each value of it on its own. May be repeated.")
  private List<String> each = new ArrayList<>();

  /**
   * The budget, by the calendar of a zone; empty where none is described.
   *
   * @throws ConfigurationException if it can't be one
   */
  Optional<Budget> budget(ZoneId zone) {
    if (usd == null) {
      if (per != null || !where.isEmpty() || !each.isEmpty()) {
        throw new ConfigurationException(
            "--per, --where and --each describe a budget that needs a limit. Give --usd as well.");
      }
      return Optional.empty();
    }
    Budget budget = ofDollars("--usd", usd).per(period()).in(zone);
    for (Map.Entry<String, String> one : where.entrySet()) {
      try {
        budget = budget.where(one.getKey(), one.getValue());
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException("--where " + one + " is wrong. " + e.getMessage(), e);
      }
    }
    try {
      return Optional.of(budget.forEach(each.toArray(String[]::new)));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--each is wrong. " + e.getMessage(), e);
    }
  }

  private Period period() {
    try {
      return per == null ? Period.MONTH : Period.valueOf(per.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "--per must be hour, day, week, month or ever, not \"" + per + "\".", e);
    }
  }

  /** For all calls, once and for all. */
  static Budget ofDollars(String option, String dollars) {
    try {
      return Budget.usd(dollars);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "%s must be an amount of dollars such as 0.01 or 100, not \"%s\"."
              .formatted(option, dollars),
          e);
    }
  }
}
