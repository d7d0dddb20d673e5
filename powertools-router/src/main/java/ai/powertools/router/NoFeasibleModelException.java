package ai.powertools.router;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No model could answer the request; nothing was sent. The message says of each why not. */
public final class NoFeasibleModelException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final transient List<Refusal> refused;
  private final @Nullable Duration retryAfter;

  NoFeasibleModelException(List<Refusal> refused) {
    this(refused, null);
  }

  /** The same when some are only left alone for a while. */
  NoFeasibleModelException(List<Refusal> refused, @Nullable Duration retryAfter) {
    super(message(refused, retryAfter));
    this.refused = List.copyOf(refused);
    this.retryAfter = retryAfter;
  }

  /** Every model, and why not. */
  public List<Refusal> refused() {
    return refused;
  }

  /** True if a model could answer that is only left alone for a while. */
  @Override
  public boolean retryable() {
    return retryAfter != null;
  }

  /** When the first of them may be asked again. */
  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  private static String message(List<Refusal> refused, @Nullable Duration retryAfter) {
    if (refused.isEmpty()) {
      return "No model can answer: the router was given none. Add one with model(…).";
    }
    StringBuilder message = new StringBuilder("No model can answer this request:");
    for (Refusal refusal : refused) {
      message.append("\n  ").append(refusal.label()).append(": ").append(refusal.reason());
    }
    return message
        .append(
            retryAfter == null
                ? "\nChange the request, or add a model that can."
                : "\nTry again in %d ms, or add a model that can."
                    .formatted(Math.max(1, retryAfter.toMillis())))
        .toString();
  }
}
