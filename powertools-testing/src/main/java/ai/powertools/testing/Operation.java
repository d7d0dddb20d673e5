package ai.powertools.testing;

import java.util.Optional;
import java.util.function.Function;

/**
 * One call of a history: who did what to which key, and between which two moments it took effect.
 *
 * @param <O> what was asked for
 * @param <R> what was answered
 * @param client who called
 * @param key what it was about; keys are independent of each other
 * @param operation what was asked for
 * @param result what was answered; empty when nobody knows: the caller crashed, or was told that
 *     the outcome is in doubt. Such a call may take effect at any time after it began, or never.
 * @param invoked when it began, by {@link System#nanoTime()}
 * @param returned when it was answered; {@link Long#MAX_VALUE} when nobody knows
 */
public record Operation<O, R>(
    String client, String key, O operation, Optional<R> result, long invoked, long returned) {
  /** Checks that it ends after it began, and that an answer has a time. */
  public Operation {
    if (returned < invoked) {
      throw new IllegalArgumentException(
          "%s returned from \"%s\" before it began. Take the times by the clock of one machine."
              .formatted(client, operation));
    }
    if (result.isEmpty() != (returned == Long.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "An operation has a result and a time of return, or neither: " + operation);
    }
  }

  /** One that was answered. */
  public static <O, R> Operation<O, R> answered(
      String client, String key, O operation, R result, long invoked, long returned) {
    return new Operation<>(client, key, operation, Optional.of(result), invoked, returned);
  }

  /** One whose outcome is unknown. */
  public static <O, R> Operation<O, R> unanswered(
      String client, String key, O operation, long invoked) {
    return new Operation<>(client, key, operation, Optional.empty(), invoked, Long.MAX_VALUE);
  }

  /** The same call in other types: what was read from a file as text, for example. */
  public <P, Q> Operation<P, Q> map(Function<O, P> operations, Function<R, Q> results) {
    return new Operation<>(
        client, key, operations.apply(operation), result.map(results), invoked, returned);
  }

  boolean isAnswered() {
    return result.isPresent();
  }

  @Override
  public String toString() {
    return client + ": " + operation + result.map(r -> " -> " + r).orElse(" -> ?");
  }
}
