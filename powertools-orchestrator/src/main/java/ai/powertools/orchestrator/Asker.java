package ai.powertools.orchestrator;

/** Asks a question: what a workflow's steps are given to talk to models. Safe for many threads. */
@FunctionalInterface
public interface Asker {
  /** Asks and waits for the answer, through all layers, within the run's deadline. */
  Answer ask(Question question);
}
