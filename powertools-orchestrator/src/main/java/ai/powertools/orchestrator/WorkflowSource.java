package ai.powertools.orchestrator;

import ai.powertools.workflow.Workflow;

/** Makes the workflow of one run around whoever answers the questions of its steps. */
@FunctionalInterface
public interface WorkflowSource {
  /** The workflow; its last step's output is the run's result. */
  Workflow workflow(Asker asker);
}
