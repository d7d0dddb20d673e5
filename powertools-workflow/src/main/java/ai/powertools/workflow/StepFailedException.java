package ai.powertools.workflow;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Optional;

/** A step threw something; the steps beside it were called off and the run ended. */
public final class StepFailedException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final String workflow;
  private final String step;

  StepFailedException(String workflow, String step, Throwable cause) {
    super(
        "Step \"%s\" of workflow \"%s\" failed: %s".formatted(step, workflow, reason(cause)),
        cause);
    this.workflow = workflow;
    this.step = step;
  }

  /** The workflow's name. */
  public String workflow() {
    return workflow;
  }

  /** The step that failed first. */
  public String step() {
    return step;
  }

  /** As the step's own error says; false where it does not say. */
  @Override
  public boolean retryable() {
    return getCause() instanceof PowerToolsException known && known.retryable();
  }

  @Override
  public Optional<Duration> retryAfter() {
    return getCause() instanceof PowerToolsException known ? known.retryAfter() : Optional.empty();
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
  }
}
