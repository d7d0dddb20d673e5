/**
 * What if it fails: attempts, the waits between them, and the end of patience. It retries what can
 * pass, waits as long as it is asked to, and stops at once where trying on is useless.
 *
 * <pre>{@code
 * Retry retry =
 *     Retry.builder()
 *         .maxAttempts(5)
 *         .exponential(Duration.ofMillis(200), 2.0)
 *         .fullJitter()
 *         .listener(event -> log.warn("attempt {} failed", event.attempt(), event.error()))
 *         .build();
 * String answer = retry.call(() -> llm.generate(prompt));
 * CompletableFuture<String> later = retry.callAsync(() -> llm.generateAsync(prompt));
 * }</pre>
 */
@NullMarked
package ai.powertools.retry;

import org.jspecify.annotations.NullMarked;
