package ai.powertools.cost;

import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a number of attempts come to.
 *
 * @param calls how many calls they belong to: those whose first attempt is among them
 * @param attempts how many attempts, whatever became of them
 * @param succeeded how many of the attempts brought an answer
 * @param failed how many failed
 * @param cancelled how many were called off
 * @param lost how many were never heard of again
 * @param truncated how many of the answers were cut off
 * @param unused how many of the answers nobody used
 * @param estimated how many have a cost that is only an estimate
 * @param unknown how many have a cost that nobody knows
 * @param cost the sum of all costs that are known or estimated
 * @param unknownAtMost what those of unknown cost may have cost at most, zero when there are none;
 *     empty when for one of them nobody can tell
 * @param usage tokens and other units together
 * @param cacheSavings how much more it would have cost without the vendors' prompt caches; what
 *     writing to them cost more is taken off, so it may be negative
 * @param waste what was paid without a use
 * @param latencies how long the attempts took that were timed
 */
public record Totals(
    long calls,
    long attempts,
    long succeeded,
    long failed,
    long cancelled,
    long lost,
    long truncated,
    long unused,
    long estimated,
    long unknown,
    Usd cost,
    Optional<Usd> unknownAtMost,
    Usage usage,
    Usd cacheSavings,
    Waste waste,
    Latencies latencies) {

  /** Of no attempt at all. */
  public static final Totals NONE =
      new Totals(
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          Usd.ZERO,
          Optional.of(Usd.ZERO),
          Usage.ZERO,
          Usd.ZERO,
          Waste.NONE,
          Latencies.NONE);

  /** Decimal places of an average, which is for people: a pico-dollar. */
  private static final int AVERAGE_DIGITS = 12;

  /** Both together. */
  public Totals plus(Totals other) {
    return new Totals(
        calls + other.calls,
        attempts + other.attempts,
        succeeded + other.succeeded,
        failed + other.failed,
        cancelled + other.cancelled,
        lost + other.lost,
        truncated + other.truncated,
        unused + other.unused,
        estimated + other.estimated,
        unknown + other.unknown,
        cost.plus(other.cost),
        unknownAtMost.flatMap(mine -> other.unknownAtMost.map(mine::plus)),
        usage.plus(other.usage),
        cacheSavings.plus(other.cacheSavings),
        waste.plus(other.waste),
        latencies.plus(other.latencies));
  }

  /** Answers that were neither cut off nor left unused. */
  public long useful() {
    return Math.max(0, succeeded - truncated - unused);
  }

  /** What a call cost on average, to the pico-dollar; empty when there was none. */
  public Optional<Usd> costPerCall() {
    return average(calls);
  }

  /** What a useful answer cost on average, all waste included; empty when there was none. */
  public Optional<Usd> costPerSuccess() {
    return average(useful());
  }

  /** The share of the input tokens that came from a cache, 0 to 1; empty without input. */
  public OptionalDouble cacheHitRate() {
    return usage.inputTokens() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) usage.cachedInputTokens() / usage.inputTokens());
  }

  private Optional<Usd> average(long count) {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            Usd.of(
                cost.toBigDecimal()
                    .divide(BigDecimal.valueOf(count), AVERAGE_DIGITS, RoundingMode.HALF_EVEN)));
  }
}
