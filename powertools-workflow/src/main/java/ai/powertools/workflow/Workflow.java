package ai.powertools.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Steps that need each other's results. A step begins when all it needs have ended, so what does
 * not depend on each other runs side by side. Immutable; may be run many times, at once too.
 */
public final class Workflow {
  private final String name;
  private final List<Step> steps;

  private Workflow(String name, List<Step> steps) {
    this.name = name;
    this.steps = List.copyOf(steps);
  }

  /** Begins a definition. */
  public static Builder define(String name) {
    return new Builder(name);
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** Its steps, in the order of the definition. */
  public List<Step> steps() {
    return steps;
  }

  /** Runs all steps, with {@link Options#defaults()}. */
  public Run execute(Map<String, ?> inputs) {
    return execute(inputs, Options.defaults());
  }

  /**
   * Runs all steps and waits for the last one.
   *
   * <p>When a step fails, the deadline passes or the caller is interrupted, the steps under way are
   * interrupted and waited for, and none begins after that.
   *
   * @param inputs what the steps are given; none of them null
   * @throws StepFailedException if a step fails, with its error as the cause
   * @throws ai.powertools.core.DeadlineExceededException if the deadline passes
   * @throws ai.powertools.core.CancelledException if the caller is interrupted
   */
  public Run execute(Map<String, ?> inputs, Options options) {
    return new Execution(this, UUID.randomUUID().toString(), Map.copyOf(inputs), options).run();
  }

  /** Collects the steps of a workflow. For one thread. */
  public static final class Builder {
    private final String name;
    private final Map<String, Step> steps = new LinkedHashMap<>();

    private Builder(String name) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("A workflow needs a name.");
      }
      this.name = name;
    }

    /** A step that needs no other. */
    public Builder step(String step, StepAction action) {
      return step(step, List.of(), action);
    }

    /**
     * A step that begins when others have ended.
     *
     * @param needs steps that were defined before this one, so that there is no circle
     * @throws IllegalArgumentException if the name is taken or a need is not defined yet
     */
    public Builder step(String step, List<String> needs, StepAction action) {
      for (String need : needs) {
        if (!steps.containsKey(need)) {
          throw new IllegalArgumentException(
              "Step \"%s\" of workflow \"%s\" needs \"%s\", which is not defined before it. Defined: %s."
                  .formatted(step, name, need, steps.keySet()));
        }
      }
      if (steps.putIfAbsent(step, new Step(step, needs, action)) != null) {
        throw new IllegalArgumentException(
            "Workflow \"%s\" has two steps \"%s\". Name them apart.".formatted(name, step));
      }
      return this;
    }

    /**
     * The workflow.
     *
     * @throws IllegalArgumentException if it has no steps
     */
    public Workflow build() {
      if (steps.isEmpty()) {
        throw new IllegalArgumentException("Workflow \"" + name + "\" has no steps.");
      }
      return new Workflow(name, new ArrayList<>(steps.values()));
    }
  }
}
