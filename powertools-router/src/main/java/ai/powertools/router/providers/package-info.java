/**
 * Clients of language models over HTTP: OpenAI, Anthropic, Google's Gemini, Ollama, llama.cpp's
 * server, and everything that speaks OpenAI's dialect. Each knows its vendor's wire format and
 * nothing else; one call is one request.
 *
 * <pre>{@code
 * ChatModel model = Anthropic.fromEnv().model("claude-sonnet-4-6");
 * try (ChatStream stream = model.stream(ChatRequest.of("Why is the sky blue?"))) {
 *   for (StreamEvent event : stream) {
 *     if (event instanceof StreamEvent.TextDelta delta) {
 *       System.out.print(delta.text());
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package ai.powertools.router.providers;

import org.jspecify.annotations.NullMarked;
