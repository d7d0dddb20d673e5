/**
 * What calls cost, who they were for, and whether they may be made: budgets that reserve the worst
 * case before a call and settle what was used after it, a ledger with every attempt, and what
 * follows from it: reports, forecasts, exports, and the audit of a vendor's bill.
 *
 * <pre>{@code
 * CostTracker tracker = CostTracker.builder()
 *     .budget(Budget.usd(100).per(Period.MONTH).hardLimit().alertAt(50, 80, 95))
 *     .build();
 * try (CallSpan span = tracker.trackCall("code_gen").user("ada")
 *     .model("gpt-5-mini").tokens(800, 2000).start()) {
 *   String json = myClient.post(prompt, 2000);
 *   span.response(json); // or span.usage(Usage.of(812, 350))
 * }
 * System.out.println(tracker.monthlyReport().describe());
 * }</pre>
 */
@NullMarked
package ai.powertools.cost;

import org.jspecify.annotations.NullMarked;
