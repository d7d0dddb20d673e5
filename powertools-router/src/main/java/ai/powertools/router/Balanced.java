package ai.powertools.router;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Weighs quality, cost and latency. Each is brought to a scale from 0 to 1 first: quality as it is;
 * cost and latency by their logarithm, so that half the price counts alike for cheap and for dear
 * models: the least of all offers is 1, a hundred times its cost or ten times its latency 0, or the
 * greatest if that is more. What costs nothing is 1, an unknown cost 0, an unknown latency one
 * half. Immutable; each method gives another one.
 *
 * <pre>{@code
 * Strategy.balanced().quality(0.5).cost(0.4).latency(0.1)
 * }</pre>
 */
public final class Balanced implements Strategy {
  /** What costs so many times the least is as dear as can be. */
  private static final double DEAR = 100;

  /** What takes so many times the least is as slow as can be. */
  private static final double SLOW = 10;

  private final double quality;
  private final double cost;
  private final double latency;
  private final String name;

  Balanced(double quality, double cost, double latency) {
    this.quality = checked("quality", quality);
    this.cost = checked("cost", cost);
    this.latency = checked("latency", latency);
    this.name = "balanced: quality %s, cost %s, latency %s".formatted(quality, cost, latency);
  }

  /**
   * How much quality counts.
   *
   * @throws IllegalArgumentException if the weight is negative or not a number
   */
  public Balanced quality(double weight) {
    return new Balanced(weight, cost, latency);
  }

  /** How much cost counts. */
  public Balanced cost(double weight) {
    return new Balanced(quality, weight, latency);
  }

  /** How much latency counts. */
  public Balanced latency(double weight) {
    return new Balanced(quality, cost, weight);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean weighsQuality() {
    return quality > 0;
  }

  @Override
  public Ranking rank(RoutingInputs inputs) {
    List<Offer> offers = inputs.offers();
    Span costs = Span.of(offers, Scoring::dollars, DEAR);
    Span times = Span.of(offers, Offer::expectedMillis, SLOW);
    double all = quality + cost + latency;
    return Scoring.highestFirst(
        "weighted mean of quality, cheapness and speed, 0 to 1",
        offers,
        offer ->
            (quality * offer.qualityEstimate()
                    + cost * costs.smallness(Scoring.dollars(offer), 0)
                    + latency * times.smallness(offer.expectedMillis(), 0.5))
                / (all == 0 ? 1 : all));
  }

  private static double checked(String what, double weight) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "The weight of " + what + " must be 0 or more, not " + weight + ".");
    }
    return weight;
  }

  /** The least and the greatest above zero, and the logarithm of how far they are apart. */
  private record Span(double least, double greatest, double width) {
    static Span of(List<Offer> offers, ToDoubleFunction<Offer> amount, double factor) {
      double least = Double.POSITIVE_INFINITY;
      double greatest = 0;
      for (Offer offer : offers) {
        double value = amount.applyAsDouble(offer);
        if (value > 0) {
          least = Math.min(least, value);
          greatest = Math.max(greatest, value);
        }
      }
      return new Span(least, greatest, Math.log(Math.max(greatest / least, factor)));
    }

    /** 1 for the least and for nothing at all, 0 for the greatest. */
    double smallness(double value, double unknown) {
      if (Double.isNaN(value)) {
        return unknown;
      }
      if (value <= 0 || greatest <= least) {
        return 1;
      }
      return 1 - Math.log(value / least) / width;
    }
  }
}
