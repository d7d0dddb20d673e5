package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt of one call, as the ledger keeps it. Entries are only ever added, but for one case:
 * that of an attempt which was given up as {@link Outcome#LOST} and reports after all.
 *
 * @param callId the call; attempts, fallbacks and retries of one call share it
 * @param attempt the number of the attempt within the call, from 1
 * @param at when it was recorded, to the microsecond
 * @param task what the call was for
 * @param traceId what joins it with the log; blank when the caller gave none
 * @param model the model that served it, as {@code provider/id}
 * @param outcome how it ended
 * @param usage the tokens it used
 * @param cost what they cost; empty when unknown, which is not $0
 * @param certainty how sure the cost is
 * @param atMost where the cost is unknown or estimated, what it may have been at most, and empty
 *     when nobody can tell; else the cost
 */
public record LedgerEntry(
    String callId,
    int attempt,
    Instant at,
    String task,
    String traceId,
    String model,
    Outcome outcome,
    Usage usage,
    Optional<Usd> cost,
    Certainty certainty,
    Optional<Usd> atMost) {}
