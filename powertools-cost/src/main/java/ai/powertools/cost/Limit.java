package ai.powertools.cost;

import java.util.List;

/**
 * A budget that calls are held to, and what it counts.
 *
 * @param budget the budget
 * @param counter worked out once, since every call is looked at
 * @param pico the limit in pico-dollars
 */
record Limit(Budget budget, Counter counter, long pico) {
  static List<Limit> of(List<Budget> budgets) {
    return budgets.stream()
        .map(budget -> new Limit(budget, Counter.of(budget), Picos.of(budget.limit())))
        .toList();
  }
}
