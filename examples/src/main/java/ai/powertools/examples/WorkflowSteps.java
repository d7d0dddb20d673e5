package ai.powertools.examples;

import ai.powertools.workflow.Options;
import ai.powertools.workflow.Run;
import ai.powertools.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Two steps side by side and one that needs both, under one deadline. */
public final class WorkflowSteps {
  private WorkflowSteps() {}

  public static void main(String[] arguments) {
    Workflow page =
        Workflow.define("page")
            .step("title", c -> c.input("text", String.class).split("\\.", 2)[0])
            .step("words", c -> c.input("text", String.class).split("\\s+").length)
            .step(
                "page",
                List.of("title", "words"),
                c ->
                    c.output("title", String.class) + " [" + c.output("words", Integer.class) + "]")
            .build();
    Run run =
        page.execute(
            Map.of("text", "Hello world. This is the rest."),
            Options.parallel(2).timeout(Duration.ofSeconds(30)));
    System.out.println(run.output("page", String.class));
    System.out.println(run.timeline());
  }
}
