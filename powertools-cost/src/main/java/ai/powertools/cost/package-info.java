/**
 * What a call costs and whether it may be spent: budgets that reserve the worst case before a call
 * and settle what was used after it, and a ledger with every attempt.
 *
 * <pre>{@code
 * CostTracker tracker = CostTracker.builder().budget(Budget.usd(100).per(Period.MONTH)).build();
 * try (CallSpan span = tracker.trackCall("code_gen").model("gpt-5-mini").tokens(800, 2000).start()) {
 *   var answer = myClient.call(prompt);
 *   span.usage(Usage.of(812, 350));
 * }
 * }</pre>
 */
@NullMarked
package ai.powertools.cost;

import org.jspecify.annotations.NullMarked;
