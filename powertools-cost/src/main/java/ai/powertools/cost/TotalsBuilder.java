package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Unit;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@link Totals} that grow, and shrink again when an entry is struck. For one thread at a time. */
final class TotalsBuilder {
  private long calls;
  private long attempts;
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<Use, Long> uses = new EnumMap<>(Use.class);
  private long estimated;
  private long unknown;
  private long boundless;
  private Usd cost = Usd.ZERO;
  private Usd unknownAtMost = Usd.ZERO;
  private Usd counted = Usd.ZERO;
  private Usd saved = Usd.ZERO;
  private Usd retried = Usd.ZERO;
  private final Map<Outcome, Usd> spentOn = new EnumMap<>(Outcome.class);
  private Usd truncated = Usd.ZERO;
  private Usd unused = Usd.ZERO;
  private long input;
  private long cached;
  private long written;
  private long output;
  private long reasoning;
  private final Map<Unit, Long> details = new EnumMap<>(Unit.class);
  private final Map<Integer, Long> latencies = new HashMap<>();

  void add(LedgerEntry entry) {
    count(entry, 1);
  }

  void strike(LedgerEntry entry) {
    count(entry, -1);
  }

  /** The attempt, which is among them and brought nothing, was made again; or, at -1, was not. */
  void retried(LedgerEntry attempt, int sign) {
    Usd wasted = attempt.cost().orElse(Usd.ZERO).times(sign);
    spentOn.merge(attempt.outcome(), Usd.ZERO.minus(wasted), Usd::plus);
    retried = retried.plus(wasted);
  }

  /** How many there are; none where all were struck. */
  long attempts() {
    return attempts;
  }

  /** All of it now. */
  Totals totals() {
    return new Totals(
        calls,
        attempts,
        outcomes.getOrDefault(Outcome.SUCCEEDED, 0L),
        outcomes.getOrDefault(Outcome.FAILED, 0L),
        outcomes.getOrDefault(Outcome.CANCELLED, 0L),
        outcomes.getOrDefault(Outcome.LOST, 0L),
        uses.getOrDefault(Use.TRUNCATED, 0L),
        uses.getOrDefault(Use.UNUSED, 0L),
        estimated,
        unknown,
        cost,
        boundless == 0 ? Optional.of(unknownAtMost) : Optional.empty(),
        new Usage(input, cached, written, output, reasoning, details),
        saved,
        new Waste(
            retried,
            spentOn.getOrDefault(Outcome.FAILED, Usd.ZERO),
            spentOn.getOrDefault(Outcome.CANCELLED, Usd.ZERO),
            truncated,
            unused),
        Latencies.of(latencies));
  }

  /** What the budgets were charged. */
  Usd counted() {
    return counted;
  }

  private void count(LedgerEntry entry, int sign) {
    calls += entry.attempt() == 1 ? sign : 0;
    attempts += sign;
    outcomes.merge(entry.outcome(), (long) sign, Long::sum);
    if (entry.outcome() == Outcome.SUCCEEDED) {
      uses.merge(entry.use(), (long) sign, Long::sum);
    }
    if (entry.certainty() == Certainty.ESTIMATED) {
      estimated += sign;
    }
    if (entry.cost().isPresent()) {
      spend(entry, entry.cost().get().times(sign));
    } else {
      unknown += sign;
      boundless += entry.atMost().isEmpty() ? sign : 0;
      unknownAtMost = unknownAtMost.plus(entry.atMost().orElse(Usd.ZERO).times(sign));
    }
    counted = counted.plus(entry.counted().times(sign));
    saved = saved.plus(entry.cacheSavings().times(sign));
    use(entry.usage(), sign);
    entry
        .latency()
        .ifPresent(took -> latencies.merge(Latencies.bucket(took), (long) sign, Long::sum));
  }

  private void spend(LedgerEntry entry, Usd amount) {
    cost = cost.plus(amount);
    spentOn.merge(entry.outcome(), amount, Usd::plus);
    if (entry.outcome() == Outcome.SUCCEEDED) {
      truncated = entry.use() == Use.TRUNCATED ? truncated.plus(amount) : truncated;
      unused = entry.use() == Use.UNUSED ? unused.plus(amount) : unused;
    }
  }

  private void use(Usage usage, int sign) {
    input += sign * usage.inputTokens();
    cached += sign * usage.cachedInputTokens();
    written += sign * usage.cacheWriteTokens();
    output += sign * usage.outputTokens();
    reasoning += sign * usage.reasoningTokens();
    usage.details().forEach((unit, quantity) -> details.merge(unit, sign * quantity, Long::sum));
  }
}
