package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.util.Optional;

/**
 * A sum of many totals. {@link Totals#plus} makes new ones each time and copies the counts of
 * latencies, which over a hundred thousand rows is most of the work; here they are counted in
 * place.
 */
final class RunningTotals {
  private long calls;
  private long attempts;
  private long succeeded;
  private long failed;
  private long cancelled;
  private long lost;
  private long truncated;
  private long unused;
  private long estimated;
  private long unknown;
  private Usd cost = Usd.ZERO;
  private Optional<Usd> unknownAtMost = Optional.of(Usd.ZERO);
  private final RunningUsage usage = new RunningUsage();
  private Usd cacheSavings = Usd.ZERO;
  private Waste waste = Waste.NONE;
  private final LatencyCounts latencies = new LatencyCounts();

  void add(Totals other) {
    calls += other.calls();
    attempts += other.attempts();
    succeeded += other.succeeded();
    failed += other.failed();
    cancelled += other.cancelled();
    lost += other.lost();
    truncated += other.truncated();
    unused += other.unused();
    estimated += other.estimated();
    unknown += other.unknown();
    cost = cost.plus(other.cost());
    if (!Totals.NONE.unknownAtMost().equals(other.unknownAtMost())) {
      unknownAtMost = unknownAtMost.flatMap(mine -> other.unknownAtMost().map(mine::plus));
    }
    usage.add(other.usage());
    if (!other.cacheSavings().isZero()) {
      cacheSavings = cacheSavings.plus(other.cacheSavings());
    }
    if (!other.waste().equals(Waste.NONE)) {
      waste = waste.plus(other.waste());
    }
    latencies.add(other.latencies());
  }

  Totals sum() {
    return new Totals(
        calls,
        attempts,
        succeeded,
        failed,
        cancelled,
        lost,
        truncated,
        unused,
        estimated,
        unknown,
        cost,
        unknownAtMost,
        usage.sum(),
        cacheSavings,
        waste,
        latencies.sum());
  }
}
