package ai.powertools.router;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Several models were tried and none answered. The message says of each why not. */
public final class AllCandidatesFailedException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, RuntimeException> errors;

  AllCandidatesFailedException(Map<String, RuntimeException> errors) {
    super(message(errors));
    this.errors = new LinkedHashMap<>(errors);
    errors.values().forEach(this::addSuppressed);
  }

  /** The error of each model, by its label, in the order in which they were tried. */
  public Map<String, RuntimeException> errors() {
    return Collections.unmodifiableMap(errors);
  }

  /** True if any of the errors may pass. */
  @Override
  public boolean retryable() {
    return errors.values().stream()
        .anyMatch(e -> e instanceof PowerToolsException known && known.retryable());
  }

  /** The shortest wait that any of those asks for whose error may pass. */
  @Override
  public Optional<Duration> retryAfter() {
    return errors.values().stream()
        .filter(PowerToolsException.class::isInstance)
        .map(PowerToolsException.class::cast)
        .filter(PowerToolsException::retryable)
        .flatMap(error -> error.retryAfter().stream())
        .min(Comparator.naturalOrder());
  }

  private static String message(Map<String, RuntimeException> errors) {
    StringBuilder message = new StringBuilder("None of the models that could answer did:");
    errors.forEach(
        (label, error) ->
            message.append("\n  ").append(label).append(": ").append(error.getMessage()));
    return message.toString();
  }
}
