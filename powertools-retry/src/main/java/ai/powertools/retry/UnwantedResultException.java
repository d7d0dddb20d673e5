package ai.powertools.retry;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The work gave a result that a {@link ResultClassifier} does not take for an answer. */
public final class UnwantedResultException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Object result;
  private final ErrorKind kind;
  private final String reason;
  private final @Nullable Duration retryAfter;

  UnwantedResultException(@Nullable Object result, Verdict verdict) {
    super(message(result, verdict));
    this.result = result;
    this.kind = verdict.kind();
    this.reason = verdict.reason();
    this.retryAfter = verdict.retryAfter().orElse(null);
  }

  /** The result itself may hold anything, so the message does not show it. */
  private static String message(@Nullable Object result, Verdict verdict) {
    String type = result == null ? "null" : "a " + result.getClass().getSimpleName();
    return "The result, %s, is no answer%s. It is in result().".formatted(type, why(verdict));
  }

  private static String why(Verdict verdict) {
    return verdict.reason().isEmpty() ? "" : ": " + verdict.reason();
  }

  /** The result; null if it was null, and after serialization. */
  public @Nullable Object result() {
    return result;
  }

  Verdict verdict() {
    return new Verdict(kind, retryAfter(), reason);
  }

  @Override
  public boolean retryable() {
    return verdict().retryable();
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
