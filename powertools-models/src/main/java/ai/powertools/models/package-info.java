/**
 * What must be known about a model before a call and after it: limits, prices, token counts, and
 * money that is exact. Usable alone; nothing here makes a call.
 *
 * <pre>{@code
 * ModelCatalog catalog = ModelCatalog.bundled();
 * Model model = catalog.require("gpt-5-mini");
 * TokenCount prompt = catalog.tokens(model).countChat(List.of("Why is the sky blue?"));
 * Cost atMost = catalog.pricing().worstCase(model, prompt.atMost(), 500);
 * Cost cost = catalog.pricing().cost(model, Usage.of(12, 180));
 * cost.total();     // Optional[0.000363]
 * cost.lines();     // input 12 at $0.25 per million, output 180 at $2.00 per million
 * cost.certainty(); // EXACT
 * }</pre>
 */
@NullMarked
package ai.powertools.models;

import org.jspecify.annotations.NullMarked;
