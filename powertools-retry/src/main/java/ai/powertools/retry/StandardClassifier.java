package ai.powertools.retry;

import ai.powertools.core.PowerToolsException;
import ai.powertools.retry.classify.IoErrors;
import java.time.Duration;

/** See {@link Classifier#standard()}. */
enum StandardClassifier implements Classifier {
  INSTANCE;

  private static final Classifier IO = IoErrors.classifier();

  @Override
  public Verdict classify(Throwable error) {
    for (Throwable cause : Causes.of(error)) {
      if (cause instanceof PowerToolsException own) {
        return answerOf(own);
      }
      if (Causes.isCancellation(cause)) {
        return Verdict.cancelled();
      }
    }
    return IO.classify(error);
  }

  private static Verdict answerOf(PowerToolsException error) {
    if (!error.retryable()) {
      return Verdict.permanent();
    }
    return error
        .retryAfter()
        .map(wait -> Verdict.throttled(wait.isNegative() ? Duration.ZERO : wait))
        .orElse(Verdict.transientError());
  }
}
