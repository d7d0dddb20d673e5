package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a call in flight holds, and what to write down about it should its process die.
 *
 * @param callId the call
 * @param firstAttempt the first attempt that this lease covers; with the call it names the lease,
 *     since parts of one call may be under way side by side
 * @param attempt the attempt that is under way now
 * @param task what the call is for
 * @param traceId what joins it with the log
 * @param model the model that is asked
 * @param atMost what one attempt may cost, and so what is reserved; empty when nobody can tell
 * @param beganAt when the call began; it belongs to the windows of that moment to its end
 * @param at now
 * @param length after how long without a renewal it lapses
 */
record Lease(
    String callId,
    int firstAttempt,
    int attempt,
    String task,
    String traceId,
    String model,
    Optional<Usd> atMost,
    Instant beganAt,
    Instant at,
    Duration length) {

  Instant expiresAt() {
    return at.plus(length);
  }
}
