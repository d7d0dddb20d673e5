package ai.powertools.retry.classify;

import ai.powertools.core.headers.RetryAfter;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the headers of a failure say about another attempt. */
final class Headers {
  /**
   * Read by the clients that OpenAI publishes, as {@code RetryingHttpClient} of openai-java 4.101,
   * before they look at the status.
   */
  private static final String SHOULD_RETRY = "x-should-retry";

  private static final int TOO_MANY_REQUESTS = 429;

  private Headers() {}

  /** The verdict, unless the server overrules its kind. */
  static Verdict overrule(Verdict verdict, HttpFailure failure) {
    String told = failure.header(SHOULD_RETRY).orElse("").strip();
    boolean yes = told.equals("true");
    boolean no = told.equals("false");
    if ((!yes && !no) || yes == verdict.retryable()) {
      return verdict;
    }
    String reason = "%s; but %s is %s".formatted(verdict.reason(), SHOULD_RETRY, told);
    return Judgement.of(yes ? retryable(failure) : ErrorKind.PERMANENT, reason);
  }

  private static ErrorKind retryable(HttpFailure failure) {
    return failure.status() == TOO_MANY_REQUESTS ? ErrorKind.THROTTLED : ErrorKind.TRANSIENT;
  }

  /** The wait that is asked for by name. */
  static Optional<Duration> asked(HttpFailure failure, Instant now) {
    return RetryAfter.asked(failure::value, now);
  }

  /**
   * The wait: the one asked for, or for who was throttled the time until the limit is whole again.
   */
  static Optional<Duration> wait(ErrorKind kind, HttpFailure failure, Instant now) {
    return kind == ErrorKind.THROTTLED ? RetryAfter.of(failure::value, now) : asked(failure, now);
  }
}
