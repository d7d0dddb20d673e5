/**
 * A provider that needs no model, no key and no network: it answers with sentences of the text that
 * it is given, in process, for exactly $0. It is what is left when nothing better is set up.
 *
 * <pre>{@code
 * LlmRouter router = LlmRouter.builder().model(Extractive.create().model("extractive")).build();
 * Content.Document report = new Content.Document("report.md", Files.readString(path));
 * RoutedResponse summary = router.route(
 *     ChatRequest.builder()
 *         .message(Message.user(report, new Content.Text("What does it say?")))
 *         .task("summarize")
 *         .build());
 * summary.text();                                   // "[builtin:extractive – sentences quoted …"
 * }</pre>
 */
@NullMarked
package ai.powertools.router.extractive;

import org.jspecify.annotations.NullMarked;
