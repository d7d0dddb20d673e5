/**
 * All six foundations behind one facade: one question goes through the log, the session, the
 * router, the budget, retries and limits to a model, and comes back with a receipt.
 *
 * <pre>{@code
 * try (AiOrchestrator ai = AiOrchestrator.create()) {        // models from the environment
 *   Answer answer = ai.ask("Explain this stack trace …");
 *   answer.text();
 *   answer.receipt().describe();                             // model and why, tokens, cost, time
 *   RunResult run = ai.run("summarize", Map.of("text", text), Duration.ofMinutes(5));
 * }
 * }</pre>
 */
@NullMarked
package ai.powertools.orchestrator;

import org.jspecify.annotations.NullMarked;
