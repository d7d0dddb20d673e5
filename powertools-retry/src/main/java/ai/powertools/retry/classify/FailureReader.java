package ai.powertools.retry.classify;

import ai.powertools.retry.Causes;
import ai.powertools.retry.Classifier;
import ai.powertools.retry.ResultClassifier;
import ai.powertools.retry.Verdict;
import java.util.Optional;
import java.util.function.Function;

/** Makes classifiers of a judge of failures and of somebody who knows where failures are. */
final class FailureReader {
  private FailureReader() {}

  /** Asks about the error and each of its causes; the first that is a failure is judged. */
  static Classifier classifier(
      Function<? super Throwable, Optional<HttpFailure>> reader,
      Function<HttpFailure, Verdict> judge) {
    return error ->
        Causes.of(error).stream()
            .map(reader)
            .flatMap(Optional::stream)
            .findFirst()
            .map(judge)
            .orElse(Verdict.unknown());
  }

  /** Judges what is a failure; a null result is none. */
  static ResultClassifier results(
      Function<Object, Optional<HttpFailure>> reader,
      Function<HttpFailure, Optional<Verdict>> judge) {
    return result -> result == null ? Optional.empty() : reader.apply(result).flatMap(judge);
  }
}
