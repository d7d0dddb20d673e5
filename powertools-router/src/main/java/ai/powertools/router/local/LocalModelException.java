package ai.powertools.router.local;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something could not be done with a model of one's own server. The message says what, where, why
 * not, and what to do.
 */
public final class LocalModelException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  /** Why not. */
  public enum Reason {
    /** There is no server, or none that is ready. */
    NO_SERVER,
    /** No server has the model. */
    NO_SUCH_MODEL,
    /** The server can't do such a thing at all. */
    NOT_SUPPORTED,
    /** The deadline has passed. */
    OUT_OF_TIME,
    /** The server was asked, and failed; the cause says how. */
    FAILED
  }

  private final Reason reason;
  private final String model;
  private final @Nullable String server;

  LocalModelException(
      Reason reason,
      String model,
      Optional<String> server,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.model = model;
    this.server = server.orElse(null);
  }

  /** Why it could not be done. */
  public Reason reason() {
    return reason;
  }

  /** The model, as the caller named it. */
  public String model() {
    return model;
  }

  /** The server and its address; empty when it did not come to one. */
  public Optional<String> server() {
    return Optional.ofNullable(server);
  }

  /** Whether what the server failed at may go well another time. */
  @Override
  public boolean retryable() {
    return getCause() instanceof PowerToolsException cause && cause.retryable();
  }

  @Override
  public Optional<Duration> retryAfter() {
    return getCause() instanceof PowerToolsException cause ? cause.retryAfter() : Optional.empty();
  }
}
