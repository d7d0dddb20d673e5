package ai.powertools.models;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is charged for each unit, under one set of terms. Prices are for {@link Unit#per()} of the
 * unit: dollars per million tokens, per thousand searches, per hour.
 *
 * <p>The order in which units are taken apart is worked out once, when it is first needed, and not
 * for each call: a catalog has thousands of rates, of which a program uses a few.
 *
 * <p>Immutable and thread-safe.
 */
public final class Rates {
  private final Map<Unit, Usd> base;
  private final List<Step> steps;

  /** For short inputs, and then for those that each step reaches; null until first asked for. */
  private volatile @Nullable List<RatePlan> plans;

  /** The last factor that was asked for, and what came of it: most models have one region. */
  private volatile Map.@Nullable Entry<BigDecimal, Rates> scaled;

  private Rates(Map<Unit, Usd> base, List<Step> steps) {
    this.base = base;
    this.steps = steps;
  }

  /**
   * Prices that do not depend on the length of the input.
   *
   * @throws IllegalArgumentException if a price is negative
   */
  public static Rates of(Map<Unit, Usd> prices) {
    return of(prices, List.of());
  }

  /**
   * Prices that change with the length of the input.
   *
   * @param steps in any order; a unit that a step does not price keeps the price it had below
   * @throws IllegalArgumentException if a price is negative or a step prices a unit that has no
   *     price without it
   */
  public static Rates of(Map<Unit, Usd> prices, List<Step> steps) {
    List<Step> sorted = new ArrayList<>(steps);
    if (!isSorted(sorted)) {
      sorted.sort(Comparator.comparingLong(Step::tokens));
    }
    for (Step step : sorted) {
      for (Unit unit : step.prices().keySet()) {
        if (!prices.containsKey(unit)) {
          throw new IllegalArgumentException(
              "%s has a price beyond %d input tokens but none below."
                  .formatted(unit.key(), step.tokens()));
        }
      }
    }
    return new Rates(checked(prices), List.copyOf(sorted));
  }

  /** Input and output at these prices per million tokens. */
  public static Rates of(Usd inputPerMillion, Usd outputPerMillion) {
    return of(Map.of(Unit.INPUT_TOKENS, inputPerMillion, Unit.OUTPUT_TOKENS, outputPerMillion));
  }

  /** The price of each unit for short inputs, in the order of {@link Unit}. */
  public Map<Unit, Usd> prices() {
    return base;
  }

  /** What changes with the length of the input, the shortest first. */
  public List<Step> steps() {
    return steps;
  }

  /** The price that a unit really has: its own, else that of the nearest whole that has one. */
  public Optional<Usd> priceOf(Unit unit) {
    return Optional.ofNullable(plans().get(0).priceOf(unit));
  }

  /** The prices of tokens times a factor, as for a region that costs a tenth more. */
  Rates times(BigDecimal factor) {
    Map.Entry<BigDecimal, Rates> last = scaled;
    if (last == null || last.getKey().compareTo(factor) != 0) {
      last =
          Map.entry(
              factor,
              new Rates(
                  times(base, factor),
                  steps.stream()
                      .map(
                          step ->
                              new Step(
                                  step.tokens(),
                                  step.inclusive(),
                                  step.marginal(),
                                  times(step.prices(), factor)))
                      .toList()));
      scaled = last;
    }
    return last.getValue();
  }

  private static Map<Unit, Usd> times(Map<Unit, Usd> prices, BigDecimal factor) {
    Map<Unit, Usd> more = new EnumMap<>(Unit.class);
    prices.forEach((unit, price) -> more.put(unit, unit.isTokens() ? price.times(factor) : price));
    return Collections.unmodifiableMap(more);
  }

  /** The order and the prices for a call with this much input. */
  RatePlan planFor(long inputTokens) {
    List<RatePlan> known = plans();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).isReachedBy(inputTokens)) {
        return known.get(i + 1);
      }
    }
    return known.get(0);
  }

  private List<RatePlan> plans() {
    List<RatePlan> known = plans;
    if (known == null) {
      known = plansOf(base, steps);
      plans = known;
    }
    return known;
  }

  private static List<RatePlan> plansOf(Map<Unit, Usd> base, List<Step> steps) {
    List<RatePlan> plans = new ArrayList<>();
    plans.add(RatePlan.of(base));
    Map<Unit, Usd> so = new EnumMap<>(Unit.class);
    so.putAll(base);
    for (Step step : steps) {
      so.putAll(step.prices());
      plans.add(RatePlan.of(step.marginal() ? base : so));
    }
    return List.copyOf(plans);
  }

  /** The step that is charged only for what lies beyond it; null when there is none. */
  @Nullable Step marginalStep() {
    for (Step step : steps) {
      if (step.marginal()) {
        return step;
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Rates rates && base.equals(rates.base) && steps.equals(rates.steps);
  }

  @Override
  public int hashCode() {
    return 31 * base.hashCode() + steps.hashCode();
  }

  @Override
  public String toString() {
    return steps.isEmpty() ? base.toString() : base + " " + steps;
  }

  private static boolean isSorted(List<Step> steps) {
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i - 1).tokens() > steps.get(i).tokens()) {
        return false;
      }
    }
    return true;
  }

  private static Map<Unit, Usd> checked(Map<Unit, Usd> prices) {
    Map<Unit, Usd> sorted = new EnumMap<>(Unit.class);
    for (Map.Entry<Unit, Usd> price : prices.entrySet()) {
      if (price.getValue().isNegative()) {
        throw new IllegalArgumentException(
            "The price of %s is negative: %s."
                .formatted(price.getKey().key(), price.getValue().format()));
      }
      sorted.put(price.getKey(), price.getValue());
    }
    return Collections.unmodifiableMap(sorted);
  }

  /**
   * Other prices for long inputs.
   *
   * @param tokens the threshold, in tokens of input, cached ones included
   * @param inclusive whether an input of just the threshold is long already; vendors mostly say
   *     "more than"
   * @param marginal whether only what lies beyond the threshold is charged at these prices, each
   *     unit by itself; else everything is, which is what vendors of models do
   * @param prices by unit
   */
  public record Step(long tokens, boolean inclusive, boolean marginal, Map<Unit, Usd> prices) {
    /**
     * Refuses what is no step.
     *
     * @throws IllegalArgumentException if the threshold is below 1, there are no prices, or one is
     *     negative
     */
    public Step {
      if (tokens < 1 || prices.isEmpty()) {
        throw new IllegalArgumentException(
            "Prices for long inputs need a threshold of at least 1 token and a price, not %d and %s."
                .formatted(tokens, prices));
      }
      prices = checked(prices);
    }

    /** For all of a call whose input is longer than this. */
    public static Step above(long tokens, Map<Unit, Usd> prices) {
      return new Step(tokens, false, false, prices);
    }

    boolean isReachedBy(long inputTokens) {
      return inclusive ? inputTokens >= tokens : inputTokens > tokens;
    }
  }
}
