package ai.powertools.ratelimit.simulation;

import ai.powertools.ratelimit.Priority;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Keeps count of what becomes of the calls of a run. Not thread-safe. */
final class Tally {
  private final ServedCount all = new ServedCount();
  private final Map<Priority, ServedCount> byPriority = new EnumMap<>(Priority.class);
  private final TreeMap<String, ServedCount> byTenant = new TreeMap<>();
  private final TreeMap<String, Long> refusals = new TreeMap<>();
  private final Timeline timeline = new Timeline();

  void asked(TracedCall call) {
    timeline.asked(call.at().toNanos());
    groups(call).forEach(ServedCount::asked);
  }

  void granted(TracedCall call, long wait) {
    timeline.granted(call.at().toNanos(), wait);
    groups(call).forEach(group -> group.granted(wait));
  }

  void refused(TracedCall call, String why) {
    timeline.refused(call.at().toNanos());
    groups(call).forEach(ServedCount::refused);
    refusals.merge(why, 1L, Long::sum);
  }

  private List<ServedCount> groups(TracedCall call) {
    ServedCount priority = byPriority.computeIfAbsent(call.priority(), of -> new ServedCount());
    return call.tenant()
        .map(name -> byTenant.computeIfAbsent(name, of -> new ServedCount()))
        .map(tenant -> List.of(all, priority, tenant))
        .orElseGet(() -> List.of(all, priority));
  }

  SimulationReport report(Policy policy, CallTrace trace, Spending spending) {
    return new SimulationReport(
        policy.toString(),
        trace.name(),
        spending.elapsed(),
        all.as("all"),
        byPriority.entrySet().stream()
            .map(entry -> entry.getValue().as(entry.getKey().name().toLowerCase(Locale.ROOT)))
            .toList(),
        byTenant.entrySet().stream().map(entry -> entry.getValue().as(entry.getKey())).toList(),
        refusals,
        spending.of(policy.limits()),
        timeline.slots());
  }
}
