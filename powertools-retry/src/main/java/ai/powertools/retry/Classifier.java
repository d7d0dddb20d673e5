package ai.powertools.retry;

import java.util.function.Predicate;

/**
 * Decides what an error means for the next attempt.
 *
 * <pre>{@code
 * Classifier mine =
 *     Classifier.permanentOn(EOFException.class)
 *         .or(Classifier.transientOn(TimeoutException.class))
 *         .or(Classifier.standard());
 * }</pre>
 *
 * <p>Classifiers are asked in the order in which {@link #or} joins them; the first that knows,
 * which is one that says anything but {@link ErrorKind#UNKNOWN}, or gives a reason for that, has
 * decided. Must be safe for use by many threads, and always say the same of an error: the circuit
 * breaker asks too. One that throws ends the call with the error that was to be classified; what
 * the classifier threw is suppressed in it.
 *
 * <p>No classifier is asked about an {@link Error} or a cancellation: those are never retried.
 */
@FunctionalInterface
public interface Classifier {
  /**
   * The meaning of {@code error}; the future's own wrapper around an error is off already. {@link
   * Verdict#unknown()} where it is none of this classifier's business; with a reason where it is,
   * and nobody can say, as of a commit whose answer was lost.
   */
  Verdict classify(Throwable error);

  /**
   * The default. The outermost {@code PowerToolsException} in the chain of causes answers for
   * itself with {@code retryable()} and {@code retryAfter()}. Without one, errors of I/O and TLS
   * are told apart as {@link ai.powertools.retry.classify.IoErrors} does it. Everything else is
   * unknown.
   */
  static Classifier standard() {
    return StandardClassifier.INSTANCE;
  }

  /** This verdict where the predicate holds for the error itself, unknown elsewhere. */
  static Classifier when(Predicate<? super Throwable> test, Verdict verdict) {
    return error -> test.test(error) ? verdict : Verdict.unknown();
  }

  /** This verdict where {@code type} is anywhere in the chain of causes, unknown elsewhere. */
  static Classifier on(Class<? extends Throwable> type, Verdict verdict) {
    return when(error -> Causes.find(error, type).isPresent(), verdict);
  }

  /** Transient where the predicate holds for the error itself, unknown elsewhere. */
  static Classifier transientWhen(Predicate<? super Throwable> test) {
    return when(test, Verdict.transientError());
  }

  /** Transient where {@code type} is anywhere in the chain of causes, unknown elsewhere. */
  static Classifier transientOn(Class<? extends Throwable> type) {
    return on(type, Verdict.transientError());
  }

  /** Permanent where {@code type} is anywhere in the chain of causes, unknown elsewhere. */
  static Classifier permanentOn(Class<? extends Throwable> type) {
    return on(type, Verdict.permanent());
  }

  /** This one's verdict where it knows, else the other's. */
  default Classifier or(Classifier other) {
    return error -> {
      Verdict verdict = classify(error);
      return verdict.equals(Verdict.unknown()) ? other.classify(error) : verdict;
    };
  }

  /** Permanent where the predicate holds for the error itself, else this one's verdict. */
  default Classifier unless(Predicate<? super Throwable> test) {
    return error -> test.test(error) ? Verdict.permanent() : classify(error);
  }
}
