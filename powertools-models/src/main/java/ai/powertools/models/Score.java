package ai.powertools.models;

import java.math.BigDecimal;
import java.net.URI;

/**
 * A published result of a model, as a first idea of how good it is at a kind of task; one's own
 * evaluations are worth more.
 *
 * @param task the kind of task, as in {@code coding}, {@code reasoning}, {@code agentic}
 * @param benchmark the name of the benchmark and its version
 * @param value the result, in percent or points as the benchmark has it
 * @param source who published it
 */
public record Score(String task, String benchmark, BigDecimal value, URI source) {

  /**
   * Refuses a score of nothing.
   *
   * @throws IllegalArgumentException if the task or the benchmark is blank
   */
  public Score {
    if (task.isBlank() || benchmark.isBlank()) {
      throw new IllegalArgumentException(
          "A score needs a task and a benchmark, not \"%s\" and \"%s\"."
              .formatted(task, benchmark));
    }
  }
}
