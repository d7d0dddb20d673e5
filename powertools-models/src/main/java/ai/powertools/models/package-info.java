/**
 * What must be known about a model before a call and after it: limits, prices and their terms,
 * usage, token counts, and money that is exact. Usable alone; nothing here makes a call.
 *
 * <pre>{@code
 * ModelCatalog catalog = ModelCatalog.bundled();
 * Model model = catalog.require("claude-sonnet-4-6");
 * Usage usage = UsageReader.anthropic().read(responseJson);
 * Cost cost = catalog.pricing().cost(model, usage, CallTerms.at(instant).tier("batch"));
 * cost.total();     // Optional[0.00144]; empty when unknown, never $0
 * cost.lines();     // input_tokens 400 at $1.50 per million, …
 * cost.certainty(); // EXACT
 * TokenCount prompt = catalog.tokens(model).count(messages, tools);
 * }</pre>
 */
@NullMarked
package ai.powertools.models;

import org.jspecify.annotations.NullMarked;
