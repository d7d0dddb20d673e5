package ai.powertools.router;

import ai.powertools.models.CallTerms;
import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.Pricing;
import ai.powertools.models.Rates;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs at one moment, worked out beforehand: for inputs of some length, a price per
 * token each way. What it says is what {@link Pricing} says, which is asked for each length when
 * the sheet is made, and for each call where a price is no whole number of pico-dollars a token.
 * Immutable.
 */
final class PriceSheet {
  /** How many tokens prices are sampled with; they are per million, so this divides well. */
  private static final long SAMPLE = 1_000;

  private static final long PER_MILLION = 1_000_000;

  private final Model model;
  private final Pricing pricing;
  private final CallTerms terms;

  /** The one for the longest inputs last. */
  private final Bracket[] brackets;

  private PriceSheet(Model model, Pricing pricing, CallTerms terms, List<Bracket> brackets) {
    this.model = model;
    this.pricing = pricing;
    this.terms = terms;
    this.brackets = brackets.toArray(new Bracket[0]);
  }

  /**
   * Prices for inputs of at least so many tokens, in pico-dollars a token; all of it is charged so.
   *
   * @param from the shortest input that it is for
   * @param fixed what each request costs besides
   */
  private record Bracket(
      long from,
      long fixed,
      long input,
      long cached,
      long output,
      long worstInput,
      long worstOutput) {

    Usd expected(long inputTokens, long cachedTokens, long outputTokens) {
      return sum(
          Math.multiplyExact(inputTokens - cachedTokens, input)
              + Math.multiplyExact(cachedTokens, cached),
          Math.multiplyExact(outputTokens, output));
    }

    Usd worst(long inputTokens, long outputTokens) {
      return sum(
          Math.multiplyExact(inputTokens, worstInput),
          Math.multiplyExact(outputTokens, worstOutput));
    }

    private Usd sum(long in, long out) {
      return Usd.ofPico(Math.addExact(fixed, Math.addExact(in, out)));
    }
  }

  static PriceSheet of(Model model, Pricing pricing, Instant now) {
    CallTerms terms = CallTerms.at(now);
    return new PriceSheet(model, pricing, terms, brackets(model, pricing, terms));
  }

  /** What a call is expected to cost; null when that is not known. */
  @Nullable Usd expected(long input, long cached, long output) {
    Bracket bracket = bracket(input);
    if (bracket != null) {
      try {
        return bracket.expected(input, cached, output);
      } catch (ArithmeticException e) {
        // Beyond a long; the exact way knows no such bound.
      }
    }
    Usage usage = new Usage(input, cached, 0, output, 0);
    return pricing.cost(model, usage, terms, Certainty.ESTIMATED).total().orElse(null);
  }

  /** What a call can cost at most; null when that is not known. */
  @Nullable Usd worst(long inputAtMost, long maxOutput) {
    Bracket bracket = bracket(inputAtMost);
    if (bracket != null) {
      try {
        return bracket.worst(inputAtMost, maxOutput);
      } catch (ArithmeticException e) {
        // As above.
      }
    }
    return pricing.worstCase(model, inputAtMost, maxOutput, terms).total().orElse(null);
  }

  /**
   * The longest answer that can't cost more than this, up to a length; -1 when even the input does,
   * or the cost is not known.
   */
  long affordable(Usd most, long inputAtMost, long maxOutput) {
    Usd atMost = worst(inputAtMost, maxOutput);
    if (atMost != null && atMost.compareTo(most) <= 0) {
      return maxOutput;
    }
    Usd atLeast = worst(inputAtMost, 0);
    if (atLeast == null || atMost == null || atLeast.compareTo(most) > 0) {
      return -1;
    }
    long low = 0;
    long high = maxOutput;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      Usd cost = worst(inputAtMost, middle);
      if (cost != null && cost.compareTo(most) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** What a million tokens of input cost, for inputs of this length; null when not known. */
  @Nullable Usd inputPerMillion(long input) {
    Bracket bracket = bracket(input);
    if (bracket != null) {
      return Usd.ofPico(bracket.input()).times(PER_MILLION);
    }
    Usd longer = expected(input + PER_MILLION, 0, 0);
    Usd shorter = expected(input, 0, 0);
    return longer == null || shorter == null ? null : longer.minus(shorter);
  }

  /** What a million tokens of output cost, for inputs of this length; null when not known. */
  @Nullable Usd outputPerMillion(long input) {
    Usd without = expected(input, 0, 0);
    Usd with = expected(input, 0, PER_MILLION);
    return with == null || without == null ? null : with.minus(without);
  }

  /** The same roughly, in dollars; not a number when not known. */
  double outputDollars(long input) {
    Bracket bracket = bracket(input);
    if (bracket != null) {
      return (double) bracket.output() / PER_MILLION;
    }
    Usd price = outputPerMillion(input);
    return price == null ? Double.NaN : price.approximately();
  }

  private @Nullable Bracket bracket(long input) {
    for (int i = brackets.length - 1; i >= 0; i--) {
      if (input >= brackets[i].from()) {
        return brackets[i];
      }
    }
    return null;
  }

  /** None where the prices can't be written so. */
  private static List<Bracket> brackets(Model model, Pricing pricing, CallTerms terms) {
    Optional<Rates> rates =
        model.prices().flatMap(prices -> prices.inForce(terms)).map(row -> row.rates());
    if (rates.isEmpty() || rates.get().steps().stream().anyMatch(Rates.Step::marginal)) {
      return List.of();
    }
    List<Bracket> brackets = new ArrayList<>();
    try {
      add(brackets, 0, model, pricing, terms);
      for (Rates.Step step : rates.get().steps()) {
        long from = step.inclusive() ? step.tokens() : step.tokens() + 1;
        add(brackets, from, model, pricing, terms);
      }
    } catch (ArithmeticException e) {
      return List.of(); // no whole number of pico-dollars a token
    }
    return List.copyOf(brackets);
  }

  private static void add(
      List<Bracket> brackets, long from, Model model, Pricing pricing, CallTerms terms) {
    // Within the bracket: the price of its shortest input, and of one that is longer by a sample.
    Sampler sampler = new Sampler(model, pricing, terms);
    long fixed = sampler.fixed();
    long input = sampler.cost(from + SAMPLE, 0, 0) - fixed;
    long cached = sampler.cost(from + SAMPLE, from + SAMPLE, 0) - fixed;
    long output = sampler.cost(from, 0, SAMPLE) - sampler.cost(from, 0, 0);
    long worstInput = sampler.worst(from + SAMPLE, 0) - fixed;
    long worstOutput = sampler.worst(from, SAMPLE) - sampler.worst(from, 0);
    brackets.add(
        new Bracket(
            from,
            fixed,
            perToken(input, from + SAMPLE),
            perToken(cached, from + SAMPLE),
            perToken(output, SAMPLE),
            perToken(worstInput, from + SAMPLE),
            perToken(worstOutput, SAMPLE)));
  }

  private static long perToken(long amount, long tokens) {
    if (amount % tokens != 0) {
      throw new ArithmeticException("not a whole number of pico-dollars");
    }
    return amount / tokens;
  }

  /** Asks for prices, in pico-dollars. */
  private record Sampler(Model model, Pricing pricing, CallTerms terms) {
    long fixed() {
      return cost(0, 0, 0);
    }

    long cost(long input, long cached, long output) {
      Usage usage = new Usage(input, cached, 0, output, 0);
      return pico(pricing.cost(model, usage, terms, Certainty.ESTIMATED));
    }

    long worst(long input, long output) {
      return pico(pricing.worstCase(model, input, output, terms));
    }

    private static long pico(Cost cost) {
      return cost.total().orElseThrow(() -> new ArithmeticException("not known")).toPicoExact();
    }
  }
}
