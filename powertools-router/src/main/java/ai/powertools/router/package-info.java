/**
 * Which model should answer: the vocabulary of a call, the providers that speak it to vendors, the
 * interceptors around it, and the router that chooses, falls back, and can say why.
 *
 * <pre>{@code
 * LlmRouter router = LlmRouter.builder()
 *     .model(openAi.model("gpt-5-mini"))
 *     .model(Extractive.create().model("extractive"))
 *     .strategy(Strategy.cheapest())
 *     .build();
 * RoutedResponse answer = router.route(ChatRequest.of("Why is the sky blue?"));
 * answer.text();
 * answer.decision().explain();
 * }</pre>
 */
@NullMarked
package ai.powertools.router;

import org.jspecify.annotations.NullMarked;
