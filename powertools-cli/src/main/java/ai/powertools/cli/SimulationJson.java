package ai.powertools.cli;

import ai.powertools.ratelimit.simulation.LimitUse;
import ai.powertools.ratelimit.simulation.Served;
import ai.powertools.ratelimit.simulation.SimulationReport;
import ai.powertools.ratelimit.simulation.TimeSlot;
import ai.powertools.ratelimit.simulation.WaitTimes;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** A simulation's report as one JSON object; times in seconds. */
final class SimulationJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int NANO_DIGITS = 9;

  private SimulationJson() {}

  static String of(SimulationReport report) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("policy", report.policy())
        .put("trace", report.trace())
        .put("elapsed_s", seconds(report.elapsed()));
    served(json.putObject("all"), report.all());
    groups(json.putArray("priorities"), report.byPriority());
    groups(json.putArray("tenants"), report.byTenant());
    ArrayNode refusals = json.putArray("refusals");
    report
        .refusals()
        .forEach((why, calls) -> refusals.addObject().put("why", why).put("calls", calls));
    ArrayNode limits = json.putArray("limits");
    for (LimitUse use : report.limits()) {
      limits
          .addObject()
          .put("limit", use.limit())
          .put("used", use.used())
          .put("share", use.share());
    }
    ArrayNode timeline = json.putArray("timeline");
    for (TimeSlot slot : report.timeline()) {
      timeline
          .addObject()
          .put("from_s", seconds(slot.from()))
          .put("to_s", seconds(slot.to()))
          .put("asked", slot.asked())
          .put("let_through", slot.granted())
          .put("refused", slot.refused())
          .put("longest_wait_s", seconds(slot.longestWait()));
    }
    return json + "\n";
  }

  private static void groups(ArrayNode array, List<Served> groups) {
    groups.forEach(group -> served(array.addObject(), group));
  }

  private static void served(ObjectNode json, Served served) {
    WaitTimes waits = served.waits();
    json.put("who", served.who())
        .put("calls", served.calls())
        .put("let_through", served.granted())
        .put("refused", served.refused())
        .put("never_decided", served.left())
        .put("wait_mean_s", seconds(waits.mean()))
        .put("wait_p50_s", seconds(waits.p50()))
        .put("wait_p90_s", seconds(waits.p90()))
        .put("wait_p99_s", seconds(waits.p99()))
        .put("wait_longest_s", seconds(waits.longest()));
  }

  private static BigDecimal seconds(Duration duration) {
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS))
            .stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }
}
