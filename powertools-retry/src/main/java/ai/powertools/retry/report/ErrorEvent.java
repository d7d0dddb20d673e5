package ai.powertools.retry.report;

import ai.powertools.retry.AttemptFailure;
import ai.powertools.retry.CallResult;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.FailedCall;
import ai.powertools.retry.Failure;
import ai.powertools.retry.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A call in which something failed: what, where, how often, and what became of the call. It holds
 * no secret that {@link Scrub} knows, no reference to the error itself, and no more than a few
 * kilobytes.
 *
 * @param when the call ended
 * @param key what the call went to, as in {@code openai/gpt-5}; may be empty
 * @param kind what the classifier made of the last error
 * @param type the simple class name of the error that tells most: the outermost one that is more
 *     than a wrapper around its cause
 * @param message what that error says, without secrets, of at most {@value #LONGEST_MESSAGE} chars;
 *     the classifier's reason if it says nothing
 * @param outcome what became of the call
 * @param failures how many attempts failed
 * @param waited all waits between attempts together
 * @param attempts those that failed, in order; of more than {@value #MOST_ATTEMPTS} the first and
 *     the last
 */
public record ErrorEvent(
    Instant when,
    String key,
    ErrorKind kind,
    String type,
    String message,
    Outcome outcome,
    int failures,
    Duration waited,
    List<AttemptSummary> attempts) {
  /** The length, in chars, that a message is cut to. */
  public static final int LONGEST_MESSAGE = 2_000;

  /** How many attempts are kept. */
  public static final int MOST_ATTEMPTS = 10;

  private static final int LONGEST_NAME = 200;

  /**
   * Takes secrets out of the texts, and cuts what is too long.
   *
   * @throws IllegalArgumentException if {@code failures} or {@code waited} is negative
   */
  public ErrorEvent {
    if (failures < 0 || waited.isNegative()) {
      throw new IllegalArgumentException(
          "An error has no %d failures and %s of waits: give zero or more."
              .formatted(failures, waited));
    }
    key = Messages.clean(key, LONGEST_NAME);
    type = Messages.clean(type, LONGEST_NAME);
    message = Messages.clean(message, LONGEST_MESSAGE);
    attempts = firstAndLast(attempts);
  }

  /**
   * What a handler tells its listeners.
   *
   * @param now when it ended
   */
  public static ErrorEvent of(FailedCall call, Instant now) {
    return of(call.key(), call.failure(), call.outcome(), now);
  }

  /**
   * The event of a call that failed.
   *
   * @param key what the call went to; may be empty
   * @param outcome what became of it then
   * @param now when it ended
   */
  public static ErrorEvent of(String key, Failure failure, Outcome outcome, Instant now) {
    TellingError error = TellingError.in(failure.lastError());
    String message = error.message().isBlank() ? failure.verdict().reason() : error.message();
    return of(
        new Told(key, failure.verdict().kind(), error.type(), message),
        outcome,
        failure.attempts(),
        now);
  }

  /**
   * The event of a call, whatever it came to; empty if nothing failed on the way.
   *
   * @param key what the call went to; may be empty
   * @param now when it ended
   */
  public static Optional<ErrorEvent> of(String key, CallResult<?> result, Instant now) {
    Optional<Failure> failure = result.failure();
    if (failure.isPresent()) {
      Outcome outcome = result.degraded() ? Outcome.DEGRADED : Outcome.FAILED;
      return Optional.of(of(key, failure.get(), outcome, now));
    }
    return recovered(key, result.failures(), now);
  }

  /**
   * The event of a call that was answered in the end; empty if no attempt failed.
   *
   * @param key what the call went to; may be empty
   * @param failures the attempts that failed, in order
   * @param now when it ended
   */
  public static Optional<ErrorEvent> recovered(
      String key, List<AttemptFailure> failures, Instant now) {
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    AttemptFailure last = failures.get(failures.size() - 1);
    TellingError error = TellingError.in(last.error());
    Told told = new Told(key, last.kind(), error.type(), error.message());
    return Optional.of(of(told, Outcome.RECOVERED, failures, now));
  }

  private record Told(String key, ErrorKind kind, String type, String message) {}

  private static ErrorEvent of(
      Told told, Outcome outcome, List<AttemptFailure> failures, Instant now) {
    return new ErrorEvent(
        now,
        told.key(),
        told.kind(),
        told.type(),
        told.message(),
        outcome,
        failures.size(),
        failures.stream().map(AttemptFailure::waited).reduce(Duration.ZERO, Duration::plus),
        firstAndLast(failures).stream().map(AttemptSummary::of).toList());
  }

  private static <T> List<T> firstAndLast(List<T> all) {
    if (all.size() <= MOST_ATTEMPTS) {
      return List.copyOf(all);
    }
    List<T> some = new ArrayList<>(all.subList(0, MOST_ATTEMPTS / 2));
    some.addAll(all.subList(all.size() - MOST_ATTEMPTS / 2, all.size()));
    return List.copyOf(some);
  }

  /** The same, with what messages and the key say rewritten. */
  ErrorEvent rewritten(UnaryOperator<String> rewrite) {
    List<AttemptSummary> rewritten =
        attempts.stream()
            .map(
                one ->
                    new AttemptSummary(
                        one.number(),
                        one.duration(),
                        one.waited(),
                        one.kind(),
                        one.type(),
                        rewrite.apply(one.message())))
            .toList();
    return new ErrorEvent(
        when,
        rewrite.apply(key),
        kind,
        type,
        rewrite.apply(message),
        outcome,
        failures,
        waited,
        rewritten);
  }

  /** What this error has in common with others that are the same. */
  public Fingerprint fingerprint() {
    return Fingerprint.of(this);
  }

  /** As in {@code SocketTimeoutException: Read timed out}. */
  public String describe() {
    return message.isBlank() ? type : type + ": " + message;
  }
}
