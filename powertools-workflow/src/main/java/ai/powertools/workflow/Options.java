package ai.powertools.workflow;

import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How a workflow is run. Immutable.
 *
 * @param parallel how many steps may be under way at once
 * @param deadline by when the run is to be done
 * @param time the clock of the timeline and the deadline's timer
 * @param wrapping put around the work of each step, on the step's thread: to hand over a logging
 *     context, for instance
 */
public record Options(
    int parallel, Deadline deadline, Time time, UnaryOperator<Runnable> wrapping) {
  private static final Options DEFAULTS =
      new Options(4, Deadline.never(), Time.system(), UnaryOperator.identity());

  /** Refuses less than one step at a time. */
  public Options {
    if (parallel < 1) {
      throw new IllegalArgumentException("At least one step at a time, not " + parallel);
    }
  }

  /** Four steps at once, no deadline. */
  public static Options defaults() {
    return DEFAULTS;
  }

  /** That many steps at once, no deadline. */
  public static Options parallel(int steps) {
    return new Options(steps, DEFAULTS.deadline, DEFAULTS.time, DEFAULTS.wrapping);
  }

  /** The same, to be done within so long from now. */
  public Options timeout(Duration timeout) {
    return until(Deadline.after(timeout, time));
  }

  /** The same, to be done by then. */
  public Options until(Deadline deadline) {
    return new Options(parallel, deadline, time, wrapping);
  }

  /** The same on a clock of one's own; say so before {@link #timeout}. */
  public Options time(Time time) {
    return new Options(parallel, deadline, time, wrapping);
  }

  /** The same with something around the work of each step. */
  public Options wrapping(UnaryOperator<Runnable> wrapping) {
    return new Options(parallel, deadline, time, wrapping);
  }
}
