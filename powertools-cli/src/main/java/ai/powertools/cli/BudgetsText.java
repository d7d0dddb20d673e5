package ai.powertools.cli;

import ai.powertools.cost.BudgetStatus;
import ai.powertools.cost.Period;
import ai.powertools.cost.Window;
import ai.powertools.models.Usd;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How budgets stand, for people and as JSON, amounts with every digit in both. */
final class BudgetsText {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final int BAR = 20;

  private BudgetsText() {}

  /** A table. In its bars, {@code #} is spent, {@code +} reserved, and dots are left. */
  static String table(List<BudgetStatus> budgets) {
    Table table =
        new Table(
            Set.of(2, 3, 4, 5, 7),
            "budget",
            "share",
            "spent",
            "reserved",
            "limit",
            "left",
            "",
            "used",
            "until");
    for (BudgetStatus status : budgets) {
      table.row(
          Printable.line(status.budget().label()),
          status.share().isEmpty() ? "all" : Printable.line(status.share()),
          status.spent().format(),
          status.reserved().format(),
          status.budget().limit().format(),
          status.overshoot().isZero()
              ? status.available().format()
              : "-" + status.overshoot().format(),
          bar(status),
          used(status),
          until(status));
    }
    return table.toString();
  }

  private static String bar(BudgetStatus status) {
    int spent = cells(status.spent(), status.budget().limit());
    int taken = cells(status.spent().plus(status.reserved()), status.budget().limit());
    return "[" + "#".repeat(spent) + "+".repeat(taken - spent) + ".".repeat(BAR - taken) + "]";
  }

  /** Full only where the whole limit is. */
  private static int cells(Usd part, Usd limit) {
    if (part.compareTo(limit) >= 0) {
      return part.isZero() ? 0 : BAR;
    }
    return part.toBigDecimal()
        .multiply(BigDecimal.valueOf(BAR))
        .divide(limit.toBigDecimal(), 0, RoundingMode.DOWN)
        .intValue();
  }

  private static String used(BudgetStatus status) {
    Usd limit = status.budget().limit();
    return limit.isZero()
        ? "-"
        : status
                .spent()
                .toBigDecimal()
                .multiply(BigDecimal.valueOf(100))
                .divide(limit.toBigDecimal(), 1, RoundingMode.DOWN)
            + " %";
  }

  private static String until(BudgetStatus status) {
    if (status.budget().window() instanceof Window.Calendar calendar) {
      return status
          .windowEnd()
          .map(end -> MINUTE.format(end.atZone(calendar.zone())) + " " + name(calendar.zone()))
          .orElse("for ever");
    }
    return "rolling";
  }

  private static String name(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  /** One object. */
  static String json(BudgetStatus status) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("name", status.budget().name())
        .put("label", status.label())
        .put("share", status.share().isEmpty() ? null : status.share())
        .put("limit_usd", status.budget().limit().toString())
        .put("spent_usd", status.spent().toString())
        .put("reserved_usd", status.reserved().toString())
        .put("left_usd", status.available().toString())
        .put("over_usd", status.overshoot().toString())
        .put("used_up", isUsedUp(status))
        .put("at_limit", status.budget().atLimit().name().toLowerCase(Locale.ROOT));
    ObjectNode where = json.putObject("where");
    status.budget().scope().where().forEach(where::put);
    ArrayNode each = json.putArray("each");
    status.budget().scope().each().forEach(each::add);
    json.put("window", status.budget().window().adverb())
        .put("window_start", since(status).map(Instant::toString).orElse(null))
        .put("window_end", status.windowEnd().map(Instant::toString).orElse(null));
    ArrayNode alerts = json.putArray("alerts");
    status.budget().alerts().forEach(alerts::add);
    return json.toString();
  }

  /** The epoch of a budget for ever is no moment that means something. */
  private static Optional<Instant> since(BudgetStatus status) {
    boolean ever =
        status.budget().window() instanceof Window.Calendar calendar
            && calendar.period() == Period.EVER;
    return Optional.of(status.windowStart()).filter(start -> !ever);
  }

  /** Whether all of the limit is spent, or more. */
  static boolean isUsedUp(BudgetStatus status) {
    return !status.spent().isZero() && status.spent().compareTo(status.budget().limit()) >= 0;
  }
}
