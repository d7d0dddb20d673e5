package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Instant;
import java.util.Optional;

/**
 * What a call in flight holds, and what to write down about it should it never be heard of again.
 *
 * @param callId the call
 * @param firstAttempt the first attempt that it covers; with the call it names what is held, since
 *     parts of one call may be under way side by side
 * @param attempt the attempt that is under way now
 * @param attributes who and what the call is for, with the model that is asked
 * @param traceId what joins it with the log
 * @param reserved how much, in pico-dollars
 * @param atMost what one attempt may cost; empty when nobody can tell
 * @param beganAt when the call began; it belongs to the windows of that moment to its end
 * @param holder the tracker it belongs to, as long as that is heard of
 * @param lapsesAt when it lapses whatever happens; empty where its holder keeps it alive
 */
record Held(
    String callId,
    int firstAttempt,
    int attempt,
    Attributes attributes,
    String traceId,
    long reserved,
    Optional<Usd> atMost,
    Instant beganAt,
    String holder,
    Optional<Instant> lapsesAt) {

  Held reserving(long pico) {
    return new Held(
        callId,
        firstAttempt,
        attempt,
        attributes,
        traceId,
        pico,
        atMost,
        beganAt,
        holder,
        lapsesAt);
  }

  Held at(int attempt) {
    return new Held(
        callId,
        firstAttempt,
        attempt,
        attributes,
        traceId,
        reserved,
        atMost,
        beganAt,
        holder,
        lapsesAt);
  }

  Held of(Attributes other) {
    return new Held(
        callId, firstAttempt, attempt, other, traceId, reserved, atMost, beganAt, holder, lapsesAt);
  }
}
