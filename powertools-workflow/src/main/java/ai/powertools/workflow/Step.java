package ai.powertools.workflow;

import java.util.List;

/**
 * One piece of work of a workflow.
 *
 * @param name what its output is known by
 * @param needs the steps whose outputs it uses, and which end before it begins
 * @param action what it does
 */
public record Step(String name, List<String> needs, StepAction action) {
  /** Copies the needs; refuses a blank name. */
  public Step {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A step needs a name.");
    }
    needs = List.copyOf(needs);
  }
}
