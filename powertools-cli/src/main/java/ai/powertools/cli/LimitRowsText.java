package ai.powertools.cli;

import ai.powertools.ratelimit.Limit;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Limits as a table, and as JSON. */
final class LimitRowsText {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private LimitRowsText() {}

  static String table(List<LimitRow> rows) {
    Table table = new Table(Set.of(), "provider", "model", "tier", "limits", "as of");
    for (LimitRow row : rows) {
      table.row(
          row.provider(),
          row.model(),
          row.tier().isEmpty() ? "-" : row.tier(),
          row.limits().toString(),
          row.asOf().orElse("-"));
    }
    return table.toString();
  }

  /** One object in a line; what is not known is left out. */
  static String json(LimitRow row) {
    ObjectNode object = MAPPER.createObjectNode();
    object.put("provider", row.provider()).put("model", row.model());
    if (!row.tier().isEmpty()) {
      object.put("tier", row.tier());
    }
    ArrayNode limits = object.putArray("limits");
    for (Limit limit : row.limits().list()) {
      limits
          .addObject()
          .put("dimension", limit.dimension().name())
          .put("amount", limit.amount())
          .put("window_s", limit.window().toNanos() / 1e9)
          .put("burst", limit.burst())
          .put("counting", limit.counting().name().toLowerCase(Locale.ROOT));
    }
    row.limits().concurrency().ifPresent(calls -> object.put("concurrency", calls));
    row.asOf().ifPresent(date -> object.put("as_of", date));
    row.source().ifPresent(source -> object.put("source", source));
    return object + "\n";
  }
}
