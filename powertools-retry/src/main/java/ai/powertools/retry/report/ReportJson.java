package ai.powertools.retry.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A report as JSON. The names of fields are part of the format, and so are their meanings. */
final class ReportJson {
  /** Grows when a reader of the format before would misunderstand it. */
  private static final int VERSION = 1;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReportJson() {}

  static String of(ErrorReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("version", VERSION);
    root.put("generatedAt", report.generatedAt().toString());
    root.put("since", report.since().toString());
    root.set("total", tally(report.total()));
    ArrayNode groups = root.putArray("groups");
    report.groups().forEach(group -> groups.add(group(group)));
    root.put("foldedGroups", report.foldedGroups());
    report.folded().ifPresent(group -> root.set("folded", group(group)));
    return root.toPrettyString();
  }

  private static ObjectNode tally(Tally tally) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("count", tally.count());
    node.put("failed", tally.failed());
    node.put("degraded", tally.degraded());
    node.put("recovered", tally.recovered());
    node.put("failures", tally.failures());
    node.put("waited", tally.waited().toString());
    return node;
  }

  private static ObjectNode group(ErrorGroup group) {
    Fingerprint fingerprint = group.fingerprint();
    ObjectNode node = MAPPER.createObjectNode();
    node.put("id", fingerprint.id());
    node.put("kind", fingerprint.kind().name());
    node.put("key", fingerprint.key());
    node.put("type", fingerprint.type());
    node.put("pattern", fingerprint.pattern());
    node.set("tally", tally(group.tally()));
    node.put("firstSeen", group.firstSeen().toString());
    node.put("lastSeen", group.lastSeen().toString());
    ObjectNode trend = node.putObject("trend");
    trend.put("direction", group.trend().direction().name());
    counts(trend.putArray("minutes"), group.trend().minutes());
    counts(trend.putArray("hours"), group.trend().hours());
    ArrayNode samples = node.putArray("samples");
    group.samples().forEach(event -> samples.add(EventJson.toNode(event)));
    return node;
  }

  private static void counts(ArrayNode node, List<Long> counts) {
    counts.forEach(node::add);
  }
}
