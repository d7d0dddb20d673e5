package ai.powertools.retry.classify;

import ai.powertools.retry.Classifier;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.ResultClassifier;
import ai.powertools.retry.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Classifiers for the published errors of the vendors of language models, which a status alone does
 * not tell apart: a 429 of OpenAI may be a limit that is whole again in a second, or an account
 * without credit.
 *
 * <pre>{@code
 * Retry retry =
 *     Retry.builder()
 *         .retryOn(LlmErrors.vendor("openai").classifier(MyClientException::asHttpFailure))
 *         .build();
 * }</pre>
 *
 * <p>The errors are in {@code ai/powertools/retry/classify/llm-errors.tsv}, each with its source
 * and a date, and in {@link #rows()}. What fits none is left to {@link HttpErrors}, and so are
 * {@code Retry-After} and {@code x-should-retry}; a wait in the body ({@code retryDelay}, {@code
 * Please try again in 20s}) counts too, the longer one if there are several. A reason names only
 * what the table says, never what the body says. Immutable.
 */
public final class LlmErrors {
  private static final List<LlmError> TABLE = LlmError.table();

  /** The name of an AWS error; what follows a colon is an address. */
  private static final String AWS_ERROR = "x-amzn-errortype";

  private static final int FIRST_ERROR = 400;

  private final List<LlmError> errors;
  private final boolean oneVendor;
  private final InstantSource clock;

  private LlmErrors(List<LlmError> errors, boolean oneVendor, InstantSource clock) {
    this.errors = errors;
    this.oneVendor = oneVendor;
    this.clock = clock;
  }

  /**
   * For clients of whatever vendor: goes by codes and messages, and by the status only as {@link
   * HttpErrors} does, since vendors mean different things by some.
   */
  public static LlmErrors standard() {
    List<LlmError> signed = TABLE.stream().filter(error -> !error.isByStatus()).toList();
    return new LlmErrors(signed, false, InstantSource.system());
  }

  /**
   * For clients of one vendor.
   *
   * @param name one of {@link #vendors()}, in any case
   * @throws IllegalArgumentException if there is no such vendor; the message lists those there are
   */
  public static LlmErrors vendor(String name) {
    String vendor = name.toLowerCase(Locale.ROOT);
    if (!vendors().contains(vendor)) {
      throw new IllegalArgumentException(
          "No errors of \"%s\" are known: choose one of %s, or LlmErrors.standard()."
              .formatted(name, String.join(", ", vendors())));
    }
    Stream<LlmError> own = TABLE.stream().filter(error -> error.vendor().equals(vendor));
    List<LlmError> byStatusLast =
        own.sorted((one, other) -> Boolean.compare(one.isByStatus(), other.isByStatus())).toList();
    return new LlmErrors(byStatusLast, true, InstantSource.system());
  }

  /** The vendors whose errors are known, in alphabetical order. */
  public static List<String> vendors() {
    return TABLE.stream().map(LlmError::vendor).distinct().sorted().toList();
  }

  /** All published errors, in the order of the file. */
  public static List<LlmError> rows() {
    return TABLE;
  }

  /**
   * The same with a clock of one's own.
   *
   * @param clock what dates in headers are compared with; the machine's unless this is called
   */
  public LlmErrors clock(InstantSource clock) {
    return new LlmErrors(errors, oneVendor, clock);
  }

  /**
   * A classifier of exceptions.
   *
   * @param reader the response that an exception tells of, empty if it tells of none; asked about
   *     the error, its cause, and so on. An error in the middle of a stream may have the status of
   *     the answer, as in 200, and itself as the body.
   */
  public Classifier classifier(Function<Throwable, Optional<HttpFailure>> reader) {
    return FailureReader.classifier(reader, this::verdict);
  }

  /**
   * A classifier of results, for clients that return the response whatever its status. One with a
   * status below 400 is an answer, unless its body is an error.
   *
   * @param reader the response that a result is or has, empty if it is something else
   */
  public ResultClassifier results(Function<Object, Optional<HttpFailure>> reader) {
    return FailureReader.results(
        reader, failure -> isAnswer(failure) ? Optional.empty() : Optional.of(verdict(failure)));
  }

  private static boolean isAnswer(HttpFailure failure) {
    return failure.status() < FIRST_ERROR
        && !(failure.body().contains("error") && ErrorBodyReader.read(failure.body()).error());
  }

  /** What a failure means. */
  public Verdict verdict(HttpFailure failure) {
    Instant now = clock.instant();
    ErrorBody body = ErrorBodyReader.read(failure.body());
    int status = failure.status() >= FIRST_ERROR ? failure.status() : body.status().orElse(0);
    Optional<Duration> asked = longer(Headers.asked(failure, now), body.asked());
    Verdict told = Headers.overrule(meaning(failure, status, body, asked), failure);
    Optional<Duration> wait = asked.or(() -> Headers.wait(told.kind(), failure, now));
    return Judgement.of(told.kind(), told.reason(), wait);
  }

  private Verdict meaning(
      HttpFailure failure, int status, ErrorBody body, Optional<Duration> asked) {
    ErrorBody whole = withAwsError(body, failure);
    List<LlmError> fitting = errors.stream().filter(error -> error.fits(status, whole)).toList();
    if (!fitting.isEmpty()) {
      return meaning(fitting, status, asked);
    }
    return status == 0
        ? Verdict.unknown().because("an error of no known kind in an HTTP " + failure.status())
        : HttpErrors.byStatus(status);
  }

  /** Where several vendors have such an error, nobody knows whose it is. */
  private Verdict meaning(List<LlmError> fitting, int status, Optional<Duration> asked) {
    LlmError first = fitting.get(0);
    boolean clear = oneVendor || fitting.stream().map(LlmError::vendor).distinct().count() == 1;
    String who = clear ? first.vendor() : "HTTP";
    String reason = "%s %s".formatted(who, first.name(status)).strip() + ": " + first.note();
    boolean hopeless = first.onlyIfAsked() && asked.isEmpty();
    return Judgement.of(hopeless ? ErrorKind.PERMANENT : first.kind(), reason);
  }

  private static ErrorBody withAwsError(ErrorBody body, HttpFailure failure) {
    return failure
        .header(AWS_ERROR)
        .map(name -> body.withCode(name.split(":", 2)[0].strip()))
        .orElse(body);
  }

  private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Duration::compareTo);
  }
}
