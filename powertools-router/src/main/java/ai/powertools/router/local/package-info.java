/**
 * The models on one's own servers, Ollama's and llama.cpp's, in one place: which there are,
 * fetching them, loading them before they are needed, and handing them to a router.
 *
 * <pre>{@code
 * LocalModels local = LocalModels.discover();
 * for (ServedModel served : local.list()) {
 *   System.out.println(served.model().name() + " on " + served.server());
 * }
 * local.pull("qwen3:8b", progress -> System.out.println(progress.status()));
 * Duration took = local.warm("qwen3:8b", Deadline.after(Duration.ofMinutes(5)));
 * RouterBuilder models = LlmRouter.builder();
 * local.find("qwen3:8b").ifPresent(models::model);
 * }</pre>
 */
@NullMarked
package ai.powertools.router.local;

import org.jspecify.annotations.NullMarked;
