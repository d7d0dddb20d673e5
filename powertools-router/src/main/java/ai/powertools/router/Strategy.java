package ai.powertools.router;

import ai.powertools.models.Usd;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** In which order models are tried: the first is chosen, the others are what to fall back to. */
public interface Strategy {
  /** For explanations, as in {@code cheapest}. */
  String name();

  /**
   * Orders candidates, all of which could answer; leaving some out means never to try them.
   *
   * @param feasible in the order in which they were given to the router
   */
  List<Candidate> order(ChatRequest request, List<Candidate> feasible);

  /**
   * The lowest expected cost first, models of unknown cost last, ties in the order given to the
   * router; a {@linkplain ChatProvider#isLastResort() last resort} only after all others.
   */
  static Strategy cheapest() {
    Comparator<Candidate> byCost =
        Comparator.comparing((Candidate candidate) -> candidate.provider().isLastResort())
            .thenComparing(candidate -> candidate.expected().total().isEmpty())
            .thenComparing(candidate -> candidate.expected().total().orElse(Usd.ZERO));
    return of("cheapest", feasible -> feasible.stream().sorted(byCost).toList());
  }

  /** The order in which they were given to the router. */
  static Strategy inOrder() {
    return of("in order", UnaryOperator.identity());
  }

  /** An order of one's own that looks at the candidates alone. */
  static Strategy of(String name, UnaryOperator<List<Candidate>> order) {
    return new Strategy() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<Candidate> order(ChatRequest request, List<Candidate> feasible) {
        return order.apply(feasible);
      }
    };
  }
}
