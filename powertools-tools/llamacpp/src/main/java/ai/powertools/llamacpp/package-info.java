/**
 * A model in a GGUF file, in this process by llama.cpp: no server, no key, and the text stays here.
 *
 * <pre>{@code
 * try (LlamaFile file = LlamaFile.load(Path.of("model.gguf"))) {
 *   System.out.println(file.model().chat("Why is the sky blue?").text());
 * }
 * }</pre>
 */
@NullMarked
package ai.powertools.llamacpp;

import org.jspecify.annotations.NullMarked;
