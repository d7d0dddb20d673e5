package ai.powertools.router;

import ai.powertools.core.CancelledException;
import ai.powertools.core.DeadlineExceededException;
import java.util.Optional;

/** What an error says about going on. */
final class Failure {
  /** What vendors answer when they don't have the model. */
  private static final int NOT_FOUND = 404;

  private Failure() {}

  /** The provider's error behind an error, if there is one. */
  static Optional<ProviderException> provider(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof ProviderException provider) {
        return Optional.of(provider);
      }
    }
    return Optional.empty();
  }

  /** Whether the provider does not have the model, which others may. */
  static boolean isMissing(ProviderException error) {
    return error.kind() == ErrorKind.INVALID_REQUEST && error.status().orElse(0) == NOT_FOUND;
  }

  static String firstLine(Throwable error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }

  /** Whether the caller has called it off, and wants no answer any more. */
  static boolean isCalledOff(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof CancelledException
          || (e instanceof ProviderException provider && provider.kind() == ErrorKind.CANCELLED)) {
        return true;
      }
    }
    return Thread.currentThread().isInterrupted();
  }

  /** Whether another model may fare better, as long as nothing was delivered. */
  static boolean mayGoOn(RuntimeException error, Call call, Fallback fallback) {
    if (Thread.currentThread().isInterrupted() || call.deadline().expired()) {
      return false;
    }
    boolean another = false;
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof CancelledException) {
        return false;
      } else if (e instanceof DeadlineExceededException) {
        // The call's own has not passed, so it was that of the attempt.
        return fallback.limitsAttempts();
      } else if (e instanceof CandidateRefusedException) {
        return true;
      } else if (e instanceof ProviderException provider) {
        another |= isOfTheModel(provider, fallback);
      }
    }
    return another;
  }

  /**
   * Whether another model may fare better. A wrong request is wrong everywhere, but a model that
   * its provider does not have is missing there only.
   */
  private static boolean isOfTheModel(ProviderException error, Fallback fallback) {
    return switch (error.kind()) {
      case CANCELLED -> false;
      case CONTENT_POLICY -> fallback.onContentPolicy();
      case INVALID_REQUEST -> isMissing(error);
      default -> true;
    };
  }
}
