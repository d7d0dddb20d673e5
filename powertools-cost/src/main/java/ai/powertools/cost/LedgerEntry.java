package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt of one call, as the ledger keeps it. Entries are only ever added, but for one case:
 * that of an attempt which was given up as {@link Outcome#LOST} and reports after all.
 *
 * @param callId the call; attempts, fallbacks and retries of one call share it
 * @param attempt the number of the attempt within the call, from 1
 * @param at when it was recorded, to the microsecond
 * @param beganAt when the call began: the window and the day that it belongs to
 * @param attributes who and what it was for, and the model that served with its provider
 * @param traceId what joins it with the log; blank when the caller gave none
 * @param outcome how it ended
 * @param use what became of the answer
 * @param usage what it used
 * @param cost what that costs; empty when unknown, which is not $0
 * @param certainty how sure the cost is
 * @param atMost where the cost is unknown or estimated, what it may have been at most, and empty
 *     when nobody can tell; else the cost
 * @param counted what the budgets were charged
 * @param vendorCost what the vendor says it costs, where it does
 * @param cacheSavings how much more it would have cost without the vendor's prompt cache; negative
 *     where writing to it cost more than reading saved
 * @param redone what the attempt before it cost, where that had failed: money for nothing
 * @param latency how long it took; empty where nobody measured
 */
public record LedgerEntry(
    String callId,
    int attempt,
    Instant at,
    Instant beganAt,
    Attributes attributes,
    String traceId,
    Outcome outcome,
    Use use,
    Usage usage,
    Optional<Usd> cost,
    Certainty certainty,
    Optional<Usd> atMost,
    Usd counted,
    Optional<Usd> vendorCost,
    Usd cacheSavings,
    Usd redone,
    Optional<Duration> latency) {

  /** What the call was for. */
  public String task() {
    return attributes.orBlank(Attributes.TASK);
  }

  /** The model that served it, as {@code provider/id}. */
  public String model() {
    return attributes.orBlank(Attributes.MODEL);
  }

  /** The same after an attempt that had failed at this cost. */
  LedgerEntry redoing(Usd cost) {
    return new LedgerEntry(
        callId,
        attempt,
        at,
        beganAt,
        attributes,
        traceId,
        outcome,
        use,
        usage,
        this.cost,
        certainty,
        atMost,
        counted,
        vendorCost,
        cacheSavings,
        cost,
        latency);
  }

  /** The same of other attributes. */
  LedgerEntry with(Attributes other) {
    return new LedgerEntry(
        callId,
        attempt,
        at,
        beganAt,
        other,
        traceId,
        outcome,
        use,
        usage,
        cost,
        certainty,
        atMost,
        counted,
        vendorCost,
        cacheSavings,
        redone,
        latency);
  }

  /** Whether it brought nothing, so that a further attempt does it again. */
  boolean wasForNothing() {
    return outcome == Outcome.FAILED || outcome == Outcome.CANCELLED;
  }
}
