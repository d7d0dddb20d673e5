package ai.powertools.orchestrator;

import ai.powertools.cost.LedgerEntry;
import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.router.RoutingDecision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of one question: who answered and why, what was used, what it cost and took, and
 * where that is kept.
 *
 * @param traceId joins the log, the ledger and this receipt
 * @param callId the call in the ledger
 * @param task what the call was for
 * @param session the session that it continued
 * @param decision which models could answer, which could not and why, and which were tried
 * @param attempts every attempt as the ledger has it, failed ones included
 * @param usage the tokens of the answer that was given
 * @param usageCertainty whether the provider reported them or they were counted here
 * @param elsewhere what the same would have cost on well-known models
 * @param duration from the question to the answer, waits included
 * @param timeToFirstToken how long the first text took, where it was streamed
 * @param places where the log, the ledger and the sessions lie
 */
public record Receipt(
    String traceId,
    String callId,
    String task,
    Optional<String> session,
    RoutingDecision decision,
    List<LedgerEntry> attempts,
    Usage usage,
    Certainty usageCertainty,
    Elsewhere elsewhere,
    Duration duration,
    Optional<Duration> timeToFirstToken,
    Places places) {

  /** Copies its list. */
  public Receipt {
    attempts = List.copyOf(attempts);
  }

  /** What all attempts cost together; empty when the cost of one of them is unknown. */
  public Optional<Usd> totalCost() {
    Usd total = Usd.ZERO;
    for (LedgerEntry attempt : attempts) {
      if (attempt.cost().isEmpty()) {
        return Optional.empty();
      }
      total = total.plus(attempt.cost().get());
    }
    return Optional.of(total);
  }

  /** How well {@link #totalCost} is known: no better than the worst of the attempts. */
  public Certainty certainty() {
    return attempts.stream().map(LedgerEntry::certainty).reduce(Certainty.EXACT, Certainty::worse);
  }

  /** All of it in lines for a person. */
  public String describe() {
    return new ReceiptText(this).lines();
  }
}
