/**
 * Which model should answer: the vocabulary of a call, the providers that speak it to vendors, the
 * interceptors around it, and the router that chooses, falls back, and can say why.
 *
 * <pre>{@code
 * LlmRouter router = LlmRouter.builder()
 *     .model(openAi.model("gpt-5-mini"))
 *     .model(anthropic.model("claude-sonnet-4-6"))
 *     .strategy(Strategy.balanced().quality(0.5).cost(0.4).latency(0.1))
 *     .build();
 * RoutedResponse answer = router.route(
 *     Task.of("Generate Python code for …").complexity(0.7).budgetCents(10));
 * answer.text();
 * answer.decision().explain();
 * }</pre>
 */
@NullMarked
package ai.powertools.router;

import org.jspecify.annotations.NullMarked;
