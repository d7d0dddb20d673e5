package ai.powertools.cost;

import ai.powertools.core.Time;
import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A call under way, with money reserved for it. Every attempt is recorded as it ends; closing gives
 * the rest of the reservation back. Closing twice is harmless.
 *
 * <p>Safe for use by many threads. Got from {@link CallDescription#start()}.
 */
public final class CallSpan implements AutoCloseable {
  private final CostTracker tracker;
  private final CallDescription call;
  private final Model model;
  private final Usd worstCase;
  private final boolean reserves;
  private Time.Timer heartbeat = () -> false;
  private CompletableFuture<?> renewal = CompletableFuture.completedFuture(null);
  private Cost total = Cost.ZERO;
  private int attempts;
  private boolean closed;

  private CallSpan(CostTracker tracker, CallDescription call, Model model, Usd worstCase) {
    this.tracker = tracker;
    this.call = call;
    this.model = model;
    this.worstCase = worstCase;
    this.reserves = !worstCase.isZero();
  }

  static CallSpan begin(CostTracker tracker, CallDescription call, Model model, Cost worst) {
    if (worst.total().isEmpty() && tracker.ledger().hasBudgets()) {
      throw new UnknownCostException(model.qualifiedId(), worst.reason().orElse("no price"));
    }
    Usd atMost = worst.total().orElse(Usd.ZERO);
    CallSpan span = new CallSpan(tracker, call, model, atMost);
    if (span.reserves) {
      tracker.ledger().reserve(span.lease(), call.remedy);
      span.keepAlive();
    }
    return span;
  }

  /** The id that this call's attempts are recorded under. */
  public String callId() {
    return call.callId;
  }

  /**
   * Makes sure that a further attempt is covered: what the ones before it used is reserved again.
   *
   * @throws BudgetExceededException if a budget has no room for it; what is reserved stays reserved
   */
  public void topUp() {
    if (reserves) {
      tracker.ledger().reserve(lease(), call.remedy);
    }
  }

  /** Records an answer of the model that was asked, with the usage that the provider reported. */
  public LedgerEntry usage(Usage usage) {
    return record(Outcome.SUCCEEDED, model, usage, Certainty.EXACT);
  }

  /**
   * Records how an attempt ended and settles what it used, durably, before it returns.
   *
   * @param served the model that did the work, which may not be the one that was asked
   * @param usage what was used; {@link Usage#ZERO} when nothing was
   * @param ofTheUsage how sure that is
   */
  public LedgerEntry record(Outcome outcome, Model served, Usage usage, Certainty ofTheUsage) {
    Cost cost = tracker.catalog().pricing().cost(served, usage, ofTheUsage);
    LedgerEntry entry;
    synchronized (this) {
      attempts++;
      entry =
          new LedgerEntry(
              call.callId,
              call.firstAttempt + attempts - 1,
              tracker.time().instant(),
              call.task,
              call.traceId,
              served.qualifiedId(),
              outcome,
              usage,
              cost.total(),
              cost.certainty(),
              cost.total().orElse(worstCase));
      total = total.plus(cost);
    }
    tracker.ledger().settle(entry);
    return entry;
  }

  /** What the attempts so far cost together. */
  public synchronized Cost total() {
    return total;
  }

  /** How many attempts were recorded. */
  public synchronized int attempts() {
    return attempts;
  }

  /** Gives back what is still reserved, durably. */
  @Override
  public void close() {
    CompletableFuture<?> lastRenewal;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      heartbeat.cancel();
      lastRenewal = renewal;
    }
    if (reserves) {
      // A renewal on its way must not bring the lease back to life after its release.
      lastRenewal.handle((done, failure) -> null).join();
      tracker.ledger().release(call.callId);
    }
  }

  private Ledger.Lease lease() {
    return new Ledger.Lease(
        call.callId,
        call.firstAttempt,
        call.task,
        call.traceId,
        model.qualifiedId(),
        worstCase,
        tracker.time().instant(),
        tracker.lease());
  }

  private synchronized void keepAlive() {
    if (!closed) {
      Duration third = tracker.lease().dividedBy(3);
      heartbeat = tracker.time().after(third, this::renew);
    }
  }

  private synchronized void renew() {
    if (!closed) {
      renewal = tracker.ledger().renew(lease());
      keepAlive();
    }
  }
}
