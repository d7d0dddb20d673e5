package ai.powertools.retry.classify;

import ai.powertools.retry.Classifier;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.ResultClassifier;
import ai.powertools.retry.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Classifiers for HTTP: by the status, and by what the headers ask for.
 *
 * <p>The statuses are in {@code ai/powertools/retry/classify/http-status.tsv}, each with its
 * source; of others, 400 to 499 is permanent and 500 to 599 transient. For what may pass, {@code
 * Retry-After} is obeyed, in seconds or as a date, and so is {@code retry-after-ms}; where we are
 * throttled the headers about limits tell the wait too. {@code x-should-retry} overrules the
 * status. A reason shows nothing of headers and body.
 *
 * <pre>{@code
 * Classifier http =
 *     HttpErrors.classifier(
 *         error ->
 *             error instanceof MyHttpException failed
 *                 ? Optional.of(HttpFailure.of(failed.status(), failed.headers(), failed.body()))
 *                 : Optional.empty());
 * }</pre>
 */
public final class HttpErrors {
  private static final List<HttpStatusRow> TABLE = HttpStatusRow.table();

  private static final int FIRST_ERROR = 400;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int LAST_ERROR = 599;

  private HttpErrors() {}

  /**
   * A classifier of exceptions.
   *
   * @param reader the response that an exception tells of, empty if it tells of none; asked about
   *     the error, its cause, and so on
   */
  public static Classifier classifier(Function<Throwable, Optional<HttpFailure>> reader) {
    return classifier(reader, InstantSource.system());
  }

  /**
   * The same with a clock of one's own.
   *
   * @param clock what dates in headers are compared with
   */
  public static Classifier classifier(
      Function<Throwable, Optional<HttpFailure>> reader, InstantSource clock) {
    return FailureReader.classifier(reader, failure -> verdict(failure, clock.instant()));
  }

  /**
   * A classifier of results, for clients that return the response whatever its status. A status
   * below 400 is an answer.
   *
   * @param reader the response that a result is or has, empty if it is something else
   */
  public static ResultClassifier results(Function<Object, Optional<HttpFailure>> reader) {
    return results(reader, InstantSource.system());
  }

  /**
   * The same with a clock of one's own.
   *
   * @param clock what dates in headers are compared with
   */
  public static ResultClassifier results(
      Function<Object, Optional<HttpFailure>> reader, InstantSource clock) {
    return FailureReader.results(
        reader,
        failure ->
            failure.status() < FIRST_ERROR
                ? Optional.empty()
                : Optional.of(verdict(failure, clock.instant())));
  }

  static Verdict verdict(HttpFailure failure, Instant now) {
    Verdict told = Headers.overrule(byStatus(failure.status()), failure);
    return Judgement.of(told.kind(), told.reason(), Headers.wait(told.kind(), failure, now));
  }

  static Verdict byStatus(int status) {
    for (HttpStatusRow row : TABLE) {
      if (row.covers(status)) {
        return Judgement.of(row.kind(), "HTTP %d: %s".formatted(status, row.note()));
      }
    }
    return Judgement.of(byClass(status), "HTTP " + status);
  }

  private static ErrorKind byClass(int status) {
    if (status < FIRST_ERROR || status > LAST_ERROR) {
      return ErrorKind.UNKNOWN;
    }
    return status < FIRST_SERVER_ERROR ? ErrorKind.PERMANENT : ErrorKind.TRANSIENT;
  }
}
