package ai.powertools.retry;

import java.util.function.Predicate;

/**
 * Decides what an error means for the next attempt.
 *
 * <p>Must be safe for use by many threads. If it throws, no further attempt is made: the call fails
 * with the error that was to be classified, and what the classifier threw is suppressed in it.
 *
 * <p>It is not asked about everything: an {@link Error} and a cancellation are never retried.
 */
@FunctionalInterface
public interface Classifier {
  /** The meaning of {@code error}; the future's own wrapper around an error is off already. */
  Verdict classify(Throwable error);

  /**
   * The default. The outermost {@code PowerToolsException} in the chain of causes answers for
   * itself with {@code retryable()} and {@code retryAfter()}. Without one, an {@code IOException}
   * in the chain is transient, unless it is about a certificate, or a file or address that is not
   * there. Everything else is permanent: interrupts, cancellation, and all that may be a bug.
   */
  static Classifier standard() {
    return StandardClassifier.INSTANCE;
  }

  /** Transient where the predicate holds for the error itself, permanent elsewhere. */
  static Classifier transientWhen(Predicate<? super Throwable> test) {
    return error -> test.test(error) ? Verdict.transientError() : Verdict.permanent();
  }

  /** Transient where {@code type} is anywhere in the chain of causes, permanent elsewhere. */
  static Classifier transientOn(Class<? extends Throwable> type) {
    return transientWhen(error -> Causes.of(error).stream().anyMatch(type::isInstance));
  }

  /** This one's verdict where it is not permanent, else the other's. */
  default Classifier or(Classifier other) {
    return error -> {
      Verdict verdict = classify(error);
      return verdict.retryable() ? verdict : other.classify(error);
    };
  }

  /** Permanent where the predicate holds for the error itself, else this one's verdict. */
  default Classifier unless(Predicate<? super Throwable> test) {
    return error -> test.test(error) ? Verdict.permanent() : classify(error);
  }
}
