package ai.powertools.orchestrator;

import ai.powertools.workflow.StepContext;
import ai.powertools.workflow.Workflow;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The workflows that are there without being defined. All take {@code text}, and may take {@code
 * name} (of the text), {@code session}, {@code model}, {@code max_output_tokens} and {@code
 * local_only}.
 */
final class BuiltInWorkflows {
  private BuiltInWorkflows() {}

  static Map<String, WorkflowSource> all() {
    Map<String, WorkflowSource> all = new TreeMap<>();
    all.put(
        "summarize",
        asker -> overDocument(asker, "summarize", "Summarize the document in a few sentences."));
    all.put(
        "key_points",
        asker ->
            overDocument(
                asker,
                "key_points",
                "List the key points of the document, one a line, as \"- \"."));
    return all;
  }

  private static Workflow overDocument(Asker asker, String task, String instruction) {
    return Workflow.define(task)
        .step(task, context -> asker.ask(question(context, task, instruction)).text())
        .build();
  }

  private static Question question(StepContext context, String task, String instruction) {
    String text = context.input("text", String.class);
    Question.Builder question =
        Question.builder(instruction)
            .document(optional(context, "name", String.class).orElse("input"), text)
            .task(task);
    optional(context, "session", String.class).ifPresent(question::session);
    optional(context, "model", String.class).ifPresent(question::model);
    optional(context, "max_output_tokens", Integer.class).ifPresent(question::maxOutputTokens);
    if (optional(context, "local_only", Boolean.class).orElse(false)) {
      question.localOnly();
    }
    return question.build();
  }

  private static <T> Optional<T> optional(StepContext context, String name, Class<T> type) {
    return context.inputs().contains(name)
        ? Optional.of(context.input(name, type))
        : Optional.empty();
  }
}
