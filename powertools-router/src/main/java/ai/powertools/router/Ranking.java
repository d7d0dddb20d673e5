package ai.powertools.router;

import java.util.List;

/**
 * In which order models are tried. Those that are not in it are not tried.
 *
 * @param measure what the scores are, for explanations, as in {@code expected cost in $}
 * @param order the first is tried first
 */
public record Ranking(String measure, List<Ranked> order) {

  /** Copies the list. */
  public Ranking {
    order = List.copyOf(order);
  }

  /**
   * A model in its place.
   *
   * @param offer what it offers
   * @param score what put it there; not a number where nothing was measured
   */
  public record Ranked(Offer offer, double score) {}

  /** An order without scores. */
  public static Ranking of(List<Offer> order) {
    return new Ranking("", order.stream().map(offer -> new Ranked(offer, Double.NaN)).toList());
  }
}
