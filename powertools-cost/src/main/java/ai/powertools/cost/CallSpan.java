package ai.powertools.cost;

import ai.powertools.core.Time;
import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.StoreException;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A call under way, with money reserved for it. Every attempt is recorded as it ends; closing gives
 * the rest of the reservation back. Closing twice is harmless.
 *
 * <p>Recording and closing wait for their outcome even when the thread is interrupted, so that a
 * call that was cancelled is settled as well; the flag stays. Safe for use by many threads. Got
 * from {@link CallDescription#start()}.
 */
public final class CallSpan implements AutoCloseable {
  private final CostTracker tracker;
  private final CallDescription call;
  private final Model model;
  private final Optional<Usd> worstCase;
  private final Instant beganAt;

  /** Held while the ledger is changed, so that changes of one call are made one by one. */
  private final ReentrantLock turn = new ReentrantLock();

  private boolean released; // guarded by turn

  private Time.Timer heartbeat = () -> false; // from here on guarded by this
  private Cost total = Cost.ZERO;
  private int attempts;
  private boolean closed;

  private CallSpan(
      CostTracker tracker, CallDescription call, Model model, Optional<Usd> worstCase) {
    this.tracker = tracker;
    this.call = call;
    this.model = model;
    this.worstCase = worstCase;
    this.beganAt = tracker.time().instant();
    // What can't cost anything needs no lease: nothing would be lost with it.
    this.released = worstCase.equals(Optional.of(Usd.ZERO));
  }

  static CallSpan begin(CostTracker tracker, CallDescription call, Model model, Cost worst) {
    if (worst.total().isEmpty() && tracker.ledger().hasBudgets()) {
      throw new UnknownCostException(model.qualifiedId(), worst.reason().orElse("no price"));
    }
    CallSpan span = new CallSpan(tracker, call, model, worst.total());
    if (!span.released) {
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
   * Makes sure that a further attempt is covered: what the ones before it used is reserved again,
   * in the windows that the call began in.
   *
   * @throws BudgetExceededException if a budget has no room for it; what is reserved stays reserved
   * @throws IllegalStateException if the span is closed
   */
  public void topUp() {
    turn.lock();
    try {
      if (isClosed()) {
        throw new IllegalStateException(
            "Call %s is closed. Start another for another attempt.".formatted(call.callId));
      }
      if (!released) {
        tracker.ledger().reserve(lease(), call.remedy);
      }
    } finally {
      turn.unlock();
    }
  }

  /** Records an answer of the model that was asked, with the usage that the provider reported. */
  public LedgerEntry usage(Usage usage) {
    return record(Outcome.SUCCEEDED, model, usage, Certainty.EXACT);
  }

  /**
   * Records how an attempt ended and settles what it used, durably, before it returns. If it
   * throws, the attempt does not count as recorded: record it again.
   *
   * <p>An attempt of unknown cost counts in the budgets with what it may have cost at most, so
   * estimate the usage where it was not reported. After {@link #close} it can be recorded still,
   * but nothing was kept free for it.
   *
   * @param outcome how it ended; only the ledger itself says {@link Outcome#LOST}
   * @param served the model that did the work, which may not be the one that was asked
   * @param usage what was used; {@link Usage#ZERO} when nothing was
   * @param ofTheUsage how sure that is
   * @return the entry as the ledger keeps it
   * @throws ai.powertools.store.StoreException if the store refuses
   * @throws IllegalArgumentException if it costs more than $9,223,372.03, or is said to be lost
   */
  public LedgerEntry record(Outcome outcome, Model served, Usage usage, Certainty ofTheUsage) {
    return record(outcome, served, usage, ofTheUsage, false);
  }

  /**
   * Records the last attempt of the call and closes the span: what is still reserved goes back in
   * the same write, which is one less than recording and closing. Else like {@link #record}.
   */
  public LedgerEntry recordLast(Outcome outcome, Model served, Usage usage, Certainty ofTheUsage) {
    return record(outcome, served, usage, ofTheUsage, true);
  }

  private LedgerEntry record(
      Outcome outcome, Model served, Usage usage, Certainty ofTheUsage, boolean last) {
    if (outcome == Outcome.LOST) {
      throw new IllegalArgumentException(
          "Who reports an attempt has not lost it: use FAILED, with what is known of the usage.");
    }
    Cost cost = tracker.catalog().pricing().cost(served, usage, ofTheUsage);
    Optional<Usd> kept = cost.total().map(Picos::kept);
    turn.lock();
    try {
      LedgerEntry entry =
          new LedgerEntry(
              call.callId,
              attemptUnderWay(),
              tracker.time().instant().truncatedTo(ChronoUnit.MICROS),
              call.task,
              call.traceId,
              served.qualifiedId(),
              outcome,
              usage,
              kept,
              cost.certainty(),
              atMost(kept, cost.certainty()));
      if (last) {
        tracker.ledger().settleLast(entry, call.firstAttempt, beganAt);
        released = true;
        endLease();
      } else {
        tracker.ledger().settle(entry, call.firstAttempt, beganAt);
      }
      count(cost);
      return entry;
    } finally {
      turn.unlock();
    }
  }

  /** What the attempts so far cost together. */
  public synchronized Cost total() {
    return total;
  }

  /** How many attempts were recorded. */
  public synchronized int attempts() {
    return attempts;
  }

  /** Gives back what is still reserved, durably. If it throws, closing again tries again. */
  @Override
  public void close() {
    endLease();
    turn.lock();
    try {
      if (!released) {
        tracker.ledger().release(call.callId, call.firstAttempt);
        released = true;
      }
    } finally {
      turn.unlock();
    }
  }

  private synchronized void endLease() {
    closed = true;
    heartbeat.cancel();
  }

  private Optional<Usd> atMost(Optional<Usd> cost, Certainty certainty) {
    return switch (certainty) {
      case EXACT -> cost;
      case ESTIMATED -> {
        Usd estimate = cost.orElseThrow();
        yield worstCase.map(worst -> worst.compareTo(estimate) > 0 ? Picos.kept(worst) : estimate);
      }
      case UNKNOWN -> worstCase.map(Picos::kept);
    };
  }

  private Lease lease() {
    return new Lease(
        call.callId,
        call.firstAttempt,
        attemptUnderWay(),
        call.task,
        call.traceId,
        model.qualifiedId(),
        worstCase,
        beganAt,
        tracker.time().instant(),
        tracker.lease());
  }

  private synchronized int attemptUnderWay() {
    return call.firstAttempt + attempts;
  }

  private synchronized void count(Cost cost) {
    attempts++;
    total = total.plus(cost);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Puts the next renewal on the agenda. The agenda holds the span weakly, so that one that was
   * dropped without being closed lapses like one whose process died.
   */
  private synchronized void keepAlive() {
    WeakReference<CallSpan> weak = new WeakReference<>(this);
    heartbeat =
        tracker
            .time()
            .after(
                tracker.lease().dividedBy(3),
                () -> {
                  CallSpan span = weak.get();
                  if (span != null) {
                    span.renew();
                  }
                });
  }

  /** One renewal that fails is no harm: two more are due before the lease lapses. */
  private synchronized void renew() {
    if (closed) {
      return;
    }
    try {
      var unused = tracker.ledger().renew(lease());
      keepAlive();
    } catch (StoreException e) {
      // The store was closed under the call: nothing can be renewed any more, and it will lapse.
      heartbeat = () -> false;
    }
  }
}
