package ai.powertools.workflow;

/** What a step does. It must end soon after its thread is interrupted. */
@FunctionalInterface
public interface StepAction {
  /**
   * Does the work.
   *
   * @return the step's output; never null
   * @throws Exception when it can't; the run ends with it as the cause
   */
  Object run(StepContext context) throws Exception;
}
