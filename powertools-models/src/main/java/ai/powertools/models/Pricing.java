package ai.powertools.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Works out what usage costs. Immutable and thread-safe; get one from {@link
 * ModelCatalog#pricing()}.
 */
public final class Pricing {
  /** The unit of input tokens at the ordinary rate. */
  static final String INPUT = "input";

  static final String CACHED_INPUT = "cached input";
  static final String CACHE_WRITE = "cache write";
  static final String OUTPUT = "output";

  Pricing() {}

  /** What usage that the vendor reported costs. See {@link #cost(Model, Usage, Certainty)}. */
  public Cost cost(Model model, Usage usage) {
    return cost(model, usage, Certainty.EXACT);
  }

  /**
   * What this usage costs: cached input at its own rate, cache writes at theirs, the rest of the
   * input at the input rate, all output at the output rate. A rate that the model does not have is
   * the input rate.
   *
   * @param ofTheUsage how well the usage itself is known; the cost is no better known
   * @return an unknown cost, with the reason, when the model's prices or the usage are unknown
   */
  public Cost cost(Model model, Usage usage, Certainty ofTheUsage) {
    Optional<Prices> known = model.prices();
    if (known.isEmpty()) {
      return noPrice(model);
    }
    if (ofTheUsage == Certainty.UNKNOWN) {
      return Cost.unknown("the usage of " + model.qualifiedId() + " is not known");
    }
    Prices prices = known.get().at(usage.inputTokens());
    long plainInput = usage.inputTokens() - usage.cachedInputTokens() - usage.cacheWriteTokens();
    List<CostLine> lines = new ArrayList<>(4);
    add(lines, INPUT, plainInput, prices.inputPerMillion());
    add(lines, CACHED_INPUT, usage.cachedInputTokens(), prices.cachedInputRate());
    add(lines, CACHE_WRITE, usage.cacheWriteTokens(), prices.cacheWriteRate());
    add(lines, OUTPUT, usage.outputTokens(), prices.outputPerMillion());
    return Cost.of(lines, ofTheUsage);
  }

  /**
   * The most that a call can cost which sends up to {@code inputTokens} and gets up to {@code
   * maxOutputTokens}: no input is read from a cache, all of it is written to one where that costs
   * more, and the long-context rates apply as soon as the input may be that long. For reservations
   * and budgets; pass {@link TokenCount#atMost()}.
   *
   * @return an estimated cost, or an unknown one when the model's prices are unknown
   * @throws IllegalArgumentException if a number of tokens is negative
   */
  public Cost worstCase(Model model, long inputTokens, long maxOutputTokens) {
    if (inputTokens < 0 || maxOutputTokens < 0) {
      throw new IllegalArgumentException(
          "Tokens must not be negative: input %d, output %d."
              .formatted(inputTokens, maxOutputTokens));
    }
    Optional<Prices> known = model.prices();
    if (known.isEmpty()) {
      return noPrice(model);
    }
    Prices base = known.get();
    Prices tier = base.at(inputTokens);
    List<CostLine> lines = new ArrayList<>(2);
    add(lines, INPUT, inputTokens, Prices.max(base.dearestInputRate(), tier.dearestInputRate()));
    add(
        lines,
        OUTPUT,
        maxOutputTokens,
        Prices.max(base.outputPerMillion(), tier.outputPerMillion()));
    return Cost.of(lines, Certainty.ESTIMATED);
  }

  private static Cost noPrice(Model model) {
    return Cost.unknown("no price is known for " + model.qualifiedId());
  }

  private static void add(List<CostLine> lines, String unit, long quantity, Usd rate) {
    if (quantity > 0) {
      lines.add(CostLine.of(unit, quantity, rate));
    }
  }
}
