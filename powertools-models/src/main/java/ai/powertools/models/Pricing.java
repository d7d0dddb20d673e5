package ai.powertools.models;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Works out what usage costs. Immutable and thread-safe; get one from {@link
 * ModelCatalog#pricing()}.
 */
public final class Pricing {
  private final InstantSource clock;

  Pricing(InstantSource clock) {
    this.clock = clock;
  }

  /** What usage that the vendor reported costs if the call was made now, at standard terms. */
  public Cost cost(Model model, Usage usage) {
    return cost(model, usage, now(), Certainty.EXACT);
  }

  /** What usage that the vendor reported costs under these terms. */
  public Cost cost(Model model, Usage usage, CallTerms terms) {
    return cost(model, usage, terms, Certainty.EXACT);
  }

  /** What usage that is known so well costs if the call was made now, at standard terms. */
  public Cost cost(Model model, Usage usage, Certainty ofTheUsage) {
    return cost(model, usage, now(), ofTheUsage);
  }

  /**
   * What this usage costs. Each unit is charged at its own price, and where a part has none (cached
   * input, reasoning), at the price of its whole.
   *
   * @param terms decide which of the model's prices apply
   * @param ofTheUsage how well the usage itself is known; the cost is no better known
   * @return an unknown cost, with the reason and what is known of it, when the model's prices or
   *     the usage are unknown, no price applies under these terms, something that was used has no
   *     price, or the usage contradicts itself
   */
  public Cost cost(Model model, Usage usage, CallTerms terms, Certainty ofTheUsage) {
    if (model.prices().isEmpty()) {
      return Cost.unknown("no price is known for " + model.qualifiedId());
    }
    if (ofTheUsage == Certainty.UNKNOWN) {
      return Cost.unknown("the usage of " + model.qualifiedId() + " is not known");
    }
    PriceRow row = model.prices().get().find(terms);
    if (row == null) {
      return Cost.unknown(noRow(model, terms));
    }
    Rates rates = row.ratesIn(terms.region());
    RatePlan plan = rates.planFor(usage.inputTokens());
    long[] own = plan.takeApart(usage);
    if (own == null) {
      return Cost.unknown(plan.contradiction(usage));
    }
    List<CostLine> lines = lines(plan, own, Optional.of(row), marginal(rates, usage));
    return judged(model, usage, terms, ofTheUsage, row, plan, lines);
  }

  /**
   * The most that a call can cost which sends up to {@code inputTokens} and gets up to {@code
   * maxOutputTokens} now, at standard terms: no input is read from a cache, all of it is written to
   * one where that costs more, all output is of the dearest kind of text, and the prices for long
   * inputs apply as soon as the input may be that long. For reservations and budgets; pass {@link
   * TokenCount#atMost()}. Sound, images and the vendor's tools are not in it.
   *
   * @return an estimated cost, or an unknown one when the model's prices are unknown
   * @throws IllegalArgumentException if a number of tokens is negative
   */
  public Cost worstCase(Model model, long inputTokens, long maxOutputTokens) {
    return worstCase(model, inputTokens, maxOutputTokens, now());
  }

  /** The most that a call can cost under these terms. */
  public Cost worstCase(Model model, long inputTokens, long maxOutputTokens, CallTerms terms) {
    if (inputTokens < 0 || maxOutputTokens < 0) {
      throw new IllegalArgumentException(
          "Tokens must not be negative: input %d, output %d."
              .formatted(inputTokens, maxOutputTokens));
    }
    if (model.prices().isEmpty()) {
      return Cost.unknown("no price is known for " + model.qualifiedId());
    }
    PriceRow row = model.prices().get().find(terms);
    if (row == null) {
      return Cost.unknown(noRow(model, terms));
    }
    Rates rates = row.ratesIn(terms.region());
    List<RatePlan> plans = new ArrayList<>();
    plans.add(rates.planFor(0));
    for (Rates.Step step : rates.steps()) {
      if (step.isReachedBy(inputTokens)) {
        plans.add(rates.planFor(step.inclusive() ? step.tokens() : step.tokens() + 1));
        if (step.marginal()) {
          plans.add(RatePlan.of(step.prices()));
        }
      }
    }
    Usd input = dearest(plans, Unit.Direction.INPUT);
    Usd output = dearest(plans, Unit.Direction.OUTPUT);
    if ((input == null && inputTokens > 0) || (output == null && maxOutputTokens > 0)) {
      return Cost.unknown("no price per token is known for " + model.qualifiedId());
    }
    List<CostLine> lines = new ArrayList<>(3);
    add(lines, Unit.INPUT_TOKENS, inputTokens, input, row);
    add(lines, Unit.OUTPUT_TOKENS, maxOutputTokens, output, row);
    add(lines, Unit.REQUESTS, 1, rates.prices().get(Unit.REQUESTS), row);
    return Cost.of(lines, Certainty.ESTIMATED);
  }

  /**
   * The same call, by what was known then and by what is known now: a price that was corrected
   * changes the cost, and both stay visible.
   *
   * @param terms with the moment of {@link CallTerms#knownAt()}
   * @throws IllegalArgumentException if the terms do not say what was known when
   */
  public Rerating rerate(Model model, Usage usage, CallTerms terms) {
    if (terms.knownAt().isEmpty()) {
      throw new IllegalArgumentException(
          "To rate again, say what was known when: CallTerms.at(…).knownAt(…).");
    }
    CallTerms today = new CallTerms(terms.at(), terms.tier(), terms.region(), Optional.empty());
    return new Rerating(cost(model, usage, terms), cost(model, usage, today));
  }

  CallTerms now() {
    return CallTerms.at(clock.instant());
  }

  private static Cost judged(
      Model model,
      Usage usage,
      CallTerms terms,
      Certainty ofTheUsage,
      PriceRow row,
      RatePlan plan,
      List<CostLine> lines) {
    Unit without = plan.unpriced(usage);
    if (without != null) {
      return Cost.unknown(
          "%s has no price for %s".formatted(model.qualifiedId(), without.key()), lines);
    }
    if (plan.leavesOverlapOpen(usage)) {
      return Cost.estimated(
          "the vendor does not say how much of the cached input was of which kind", lines);
    }
    if (row.tier().isEmpty() && !terms.tier().equals(CallTerms.STANDARD) && !isFree(lines)) {
      return Cost.estimated(
          "the prices of %s tell no tier %s apart".formatted(model.qualifiedId(), terms.tier()),
          lines);
    }
    return Cost.of(lines, ofTheUsage);
  }

  private static boolean isFree(List<CostLine> lines) {
    return lines.stream().allMatch(line -> line.amount().isZero());
  }

  private static List<CostLine> lines(
      RatePlan plan, long[] own, Optional<PriceRow> row, Rates.@Nullable Step beyond) {
    List<CostLine> lines = new ArrayList<>(4);
    for (int n = 0; n < plan.size(); n++) {
      int i = plan.onBill(n);
      if (own[i] > 0) {
        Unit unit = plan.unit(i);
        Usd dearer = beyond == null ? null : beyond.prices().get(unit);
        long more = dearer == null ? 0 : beyond(unit, own[i], beyond);
        if (own[i] > more) {
          lines.add(CostLine.of(unit.key(), own[i] - more, plan.price(i), unit.per(), row));
        }
        if (dearer != null && more > 0) {
          lines.add(CostLine.of(unit.key(), more, dearer, unit.per(), row));
        }
      }
    }
    return lines;
  }

  private static long beyond(Unit unit, long quantity, Rates.@Nullable Step step) {
    return step == null || !unit.isTokens() ? 0 : Math.max(0, quantity - step.tokens());
  }

  private static Rates.@Nullable Step marginal(Rates rates, Usage usage) {
    Rates.Step step = rates.steps().isEmpty() ? null : rates.marginalStep();
    return step != null && step.isReachedBy(usage.inputTokens()) ? step : null;
  }

  private static @Nullable Usd dearest(List<RatePlan> plans, Unit.Direction direction) {
    Usd dearest = null;
    for (RatePlan plan : plans) {
      for (int i = 0; i < plan.size(); i++) {
        if (plan.unit(i).isText(direction)
            && (dearest == null || plan.price(i).compareTo(dearest) > 0)) {
          dearest = plan.price(i);
        }
      }
    }
    return dearest;
  }

  private static void add(
      List<CostLine> lines, Unit unit, long quantity, @Nullable Usd rate, PriceRow row) {
    if (quantity > 0 && rate != null) {
      lines.add(CostLine.of(unit.key(), quantity, rate, unit.per(), Optional.of(row)));
    }
  }

  private static String noRow(Model model, CallTerms terms) {
    Prices prices = model.prices().orElseThrow();
    if (prices.find(terms.tier(CallTerms.STANDARD)) != null) {
      return "%s has no price for tier %s, only for %s"
          .formatted(model.qualifiedId(), terms.tier(), prices.tiers());
    }
    return "no price of %s was in force at %s".formatted(model.qualifiedId(), terms.at())
        + terms.knownAt().map(moment -> " by what was known at " + moment).orElse("");
  }
}
