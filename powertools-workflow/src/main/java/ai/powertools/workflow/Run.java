package ai.powertools.workflow;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run that came to its end.
 *
 * @param id unique among all runs
 * @param workflow the workflow's name
 * @param outputs what each step gave, in the order of the definition
 * @param timeline when each step ran, in the order in which they ended
 * @param duration from the first step's start to the last one's end
 */
public record Run(
    String id,
    String workflow,
    Map<String, Object> outputs,
    List<StepTiming> timeline,
    Duration duration) {
  /** Copies what it is given. */
  public Run {
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    timeline = List.copyOf(timeline);
  }

  /**
   * When a step ran.
   *
   * @param step its name
   * @param start from the start of the run to the step's
   * @param duration how long it took
   */
  public record StepTiming(String step, Duration start, Duration duration) {}

  /**
   * What a step gave.
   *
   * @throws IllegalArgumentException if there is no such step, or its output is of another type
   */
  public <T> T output(String step, Class<T> type) {
    return Named.value("output", step, type, outputs);
  }
}
