package ai.powertools.workflow;

import ai.powertools.core.Deadline;
import java.util.Map;
import java.util.Set;

/**
 * What a step is given: the run's inputs, and the outputs of the steps that it needs. Immutable.
 */
public final class StepContext {
  private final String runId;
  private final String step;
  private final Map<String, Object> inputs;
  private final Map<String, Object> outputs;
  private final Deadline deadline;

  StepContext(
      String runId,
      String step,
      Map<String, Object> inputs,
      Map<String, Object> outputs,
      Deadline deadline) {
    this.runId = runId;
    this.step = step;
    this.inputs = inputs;
    this.outputs = outputs;
    this.deadline = deadline;
  }

  /** The run that the step is part of. */
  public String runId() {
    return runId;
  }

  /** The step's own name. */
  public String step() {
    return step;
  }

  /** By when the whole run is to be done. */
  public Deadline deadline() {
    return deadline;
  }

  /** The names of the inputs that were given. */
  public Set<String> inputs() {
    return inputs.keySet();
  }

  /**
   * An input of the run.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is of another type
   */
  public <T> T input(String name, Class<T> type) {
    return Named.value("input", name, type, inputs);
  }

  /**
   * The output of a step that this one needs.
   *
   * @throws IllegalArgumentException if this step does not need it, or it is of another type
   */
  public <T> T output(String needed, Class<T> type) {
    return Named.value("output of a needed step", needed, type, outputs);
  }
}
