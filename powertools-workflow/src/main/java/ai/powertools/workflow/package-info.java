/**
 * Steps that need each other's results, run in order and in parallel, under one deadline, with a
 * timeline of what happened. In memory: a run ends with its process.
 *
 * <pre>{@code
 * Workflow digest = Workflow.define("digest")
 *     .step("summary", c -> summarize(c.input("text", String.class)))
 *     .step("title", c -> title(c.input("text", String.class)))
 *     .step("page", List.of("title", "summary"),
 *         c -> c.output("title", String.class) + "\n" + c.output("summary", String.class))
 *     .build();
 * Run run = digest.execute(Map.of("text", text), Options.parallel(2).timeout(Duration.ofMinutes(1)));
 * run.output("page", String.class);
 * }</pre>
 */
@NullMarked
package ai.powertools.workflow;

import org.jspecify.annotations.NullMarked;
