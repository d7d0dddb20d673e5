package ai.powertools.ratelimit.shared;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * How long a server's answer is waited for.
 *
 * @param where the server, for messages, without secrets
 */
record Patience(String where, Duration most, Time time) {
  /**
   * The answer, or a failure when it takes too long.
   *
   * @param what was asked, for messages, as in {@code "take from \"key\""}
   * @param late undoes what was granted when nobody is there any more to use it
   */
  <T> CompletableFuture<T> with(String what, CompletionStage<T> answer, Consumer<T> late) {
    return with(what, CompletableFuture.completedFuture(null), answer, late);
  }

  /**
   * The same, from when the server can be asked.
   *
   * @param ready what has to be there before; if it fails, the answer does
   */
  <T> CompletableFuture<T> with(
      String what, CompletionStage<?> ready, CompletionStage<T> answer, Consumer<T> late) {
    CompletableFuture<T> result = new CompletableFuture<>();
    var unusedStart =
        ready.thenAccept(
            connection -> {
              Time.Timer alarm =
                  time.after(
                      most,
                      () ->
                          result.completeExceptionally(
                              SharedLimitsException.noAnswer(what, where, null)));
              var unusedEnd = result.whenComplete((value, failure) -> alarm.cancel());
            });
    var unused =
        answer.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                result.completeExceptionally(failed(what, failure));
              } else if (!result.complete(value)) {
                late.accept(value);
              }
            });
    return result;
  }

  private SharedLimitsException failed(String what, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof SharedLimitsException known
        ? known
        : SharedLimitsException.noAnswer(what, where, cause);
  }
}
