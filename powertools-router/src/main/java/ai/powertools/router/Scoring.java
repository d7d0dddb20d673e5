package ai.powertools.router;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Ranks by one number: the lowest first, what is not a number behind all others, ties in the order
 * given, last resorts behind everything.
 */
final class Scoring {
  private static final Comparator<Ranking.Ranked> LOWEST_FIRST =
      (one, other) -> compare(one, other, false);
  private static final Comparator<Ranking.Ranked> HIGHEST_FIRST =
      (one, other) -> compare(one, other, true);

  private Scoring() {}

  static Ranking lowestFirst(String measure, List<Offer> offers, ToDoubleFunction<Offer> score) {
    return ranked(measure, offers, score, LOWEST_FIRST);
  }

  static Ranking highestFirst(String measure, List<Offer> offers, ToDoubleFunction<Offer> score) {
    return ranked(measure, offers, score, HIGHEST_FIRST);
  }

  private static Ranking ranked(
      String measure,
      List<Offer> offers,
      ToDoubleFunction<Offer> score,
      Comparator<Ranking.Ranked> by) {
    Ranking.Ranked[] order = new Ranking.Ranked[offers.size()];
    for (int i = 0; i < order.length; i++) {
      Offer offer = offers.get(i);
      order[i] = new Ranking.Ranked(offer, score.applyAsDouble(offer));
    }
    Arrays.sort(order, by); // stable: ties stay in the order given
    return new Ranking(measure, List.of(order));
  }

  /** What the call is expected to cost, or not a number. */
  static double dollars(Offer offer) {
    return offer.expectedCost().isPresent()
        ? offer.expectedCost().get().approximately()
        : Double.NaN;
  }

  private static int compare(Ranking.Ranked one, Ranking.Ranked other, boolean highest) {
    boolean last = one.offer().lastResort();
    if (last != other.offer().lastResort()) {
      return last ? 1 : -1;
    }
    // What is not a number comes last either way.
    return highest && !Double.isNaN(one.score()) && !Double.isNaN(other.score())
        ? Double.compare(other.score(), one.score())
        : Double.compare(one.score(), other.score());
  }
}
