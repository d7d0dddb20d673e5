package ai.powertools.router.quality;

import java.util.List;
import java.util.Set;

/**
 * How much a prompt seems to ask for, for prompts of kinds that no training had: by how long it is,
 * what it wants done, under how many conditions, with how many numbers and signs of formulas or
 * code. The weights were set by hand, not learned.
 */
final class Demand {
  /** Tasks that take several steps of thought. */
  private static final Set<String> HARD_TASKS =
      Set.of(
          "prove",
          "proof",
          "derive",
          "theorem",
          "lemma",
          "optimal",
          "optimize",
          "optimise",
          "algorithm",
          "complexity",
          "implement",
          "design",
          "architecture",
          "refactor",
          "debug",
          "analyze",
          "analyse",
          "evaluate",
          "critique",
          "formal",
          "rigorous",
          "integral",
          "derivative",
          "equation",
          "asymptotic",
          "concurrent",
          "distributed",
          "compiler",
          "theory",
          "diagnose",
          "strategy",
          "simulate",
          "invariant",
          "converges",
          "manifold",
          "polynomial",
          "eigenvalue",
          "counterexample",
          "induction",
          "tradeoffs",
          "thread");

  /** Tasks of one step, or of style. */
  private static final Set<String> TASKS =
      Set.of(
          "calculate",
          "compute",
          "solve",
          "compare",
          "explain",
          "why",
          "how",
          "write",
          "plan",
          "summarize",
          "translate",
          "estimate",
          "determine",
          "find",
          "describe",
          "show",
          "code",
          "function",
          "query",
          "script");

  private static final Set<String> CONDITIONS =
      Set.of(
          "if", "unless", "without", "must", "only", "exactly", "every", "each", "when", "given",
          "suppose", "assume", "such", "least", "most", "step", "steps", "then", "not", "except");

  private static final String FORMULA_SIGNS = "=^+*/<>\\{}[]_∑∫√≤≥→";

  private Demand() {}

  /** From near 0 for a greeting to near 1 for a long and formal task. */
  static double of(String prompt) {
    List<Token> tokens = Token.of(Features.shortened(prompt));
    int words = 0;
    int hard = 0;
    int tasks = 0;
    int conditions = 0;
    int numbers = 0;
    int signs = 0;
    for (Token token : tokens) {
      String text = token.text();
      words += token.isWord() ? 1 : 0;
      numbers += token.isNumber() ? 1 : 0;
      hard += HARD_TASKS.contains(text) ? 1 : 0;
      tasks += TASKS.contains(text) ? 1 : 0;
      conditions += CONDITIONS.contains(text) ? 1 : 0;
      signs += token.kind() == Token.Kind.SIGN && FORMULA_SIGNS.contains(text) ? 1 : 0;
    }
    double score =
        0.45 * StrictMath.log1p(words)
            + 1.1 * StrictMath.log1p(hard)
            + 0.35 * StrictMath.log1p(tasks)
            + 0.35 * StrictMath.log1p(conditions)
            + 0.25 * StrictMath.log1p(numbers)
            + 0.25 * StrictMath.log1p(signs)
            - 3.2;
    return 1 / (1 + StrictMath.exp(-score));
  }
}
