package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.PricedCall;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A call under way, with money reserved for it. Every attempt is recorded as it ends; closing gives
 * the rest of the reservation back. Closing twice is harmless.
 *
 * <p>A span that is closed without a word about what happened records an attempt that failed, with
 * the tokens that were sent as its estimate, or of unknown cost where they were not described:
 * nobody knows whether the vendor charges for it. Say {@link #notSent} where the call was never
 * made.
 *
 * <p>Recording and closing wait for their outcome even when the thread is interrupted, so that a
 * call that was cancelled is settled as well; the flag stays. Safe for use by many threads. Got
 * from {@link CallDescription#start()}.
 */
public final class CallSpan implements AutoCloseable {
  private final CostTracker tracker;
  private final Pricer pricer;
  private final Model model;
  private final Held held;
  private final boolean free;
  private final CallDescription call;

  /** Held while the ledger is changed, so that changes of one call are made one by one. */
  private final ReentrantLock turn = new ReentrantLock();

  private OpenSpans.@Nullable Open open; // from here on guarded by turn
  private boolean released;
  private long attemptBegan;

  // written under turn, read by anybody
  private volatile Cost total = Cost.ZERO;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile boolean closed;

  private CallSpan(
      CostTracker tracker, CallDescription call, Model model, Held held, boolean free) {
    this.tracker = tracker;
    this.call = call;
    this.model = model;
    this.held = held;
    this.free = free;
    this.released = free;
    this.pricer = new Pricer(tracker, call, held);
    this.attemptBegan = tracker.time().nanos();
  }

  static CallSpan open(
      CostTracker tracker, CallDescription call, Model model, Held held, boolean free) {
    CallSpan span = new CallSpan(tracker, call, model, held, free);
    if (!free && held.lapsesAt().isEmpty()) {
      span.open = tracker.openSpans().add(span, held);
    }
    return span;
  }

  /** The id that this call's attempts are recorded under. */
  public String callId() {
    return held.callId();
  }

  /** The model to call: the one that was asked for, or a cheaper one that a budget has room for. */
  public Model model() {
    return model;
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
      if (closed) {
        throw new IllegalStateException(
            "Call %s is closed. Start another for another attempt.".formatted(callId()));
      }
      if (!free) {
        tracker.reserve(
            held.at(attemptUnderWay()), false, Usd.ofPico(held.reserved()), call.remedy);
      }
      attemptBegan = tracker.time().nanos();
    } finally {
      turn.unlock();
    }
  }

  /** Records an answer of the model that was asked, with the usage that the provider reported. */
  public LedgerEntry usage(Usage usage) {
    return record(Attempt.succeeded(usage));
  }

  /**
   * Records an answer by the vendor's own response: its usage, the model and tier that served it,
   * its own statement of the cost, whether it was cut off, and what else the vendor ran within the
   * call and charges for, each as an attempt of its own. An answer whose usage can't be read is
   * recorded with an unknown cost.
   *
   * @param json the body of the response, or the event of a stream that has the usage
   * @return the entry of the answer itself
   */
  public LedgerEntry response(String json) {
    Optional<PricedCall> read = pricer.read(model, json);
    if (read.isEmpty()) {
      return record(Attempt.of(Outcome.SUCCEEDED, Usage.ZERO, Certainty.UNKNOWN));
    }
    PricedCall priced = read.get();
    LedgerEntry entry = record(Pricer.attempt(priced, model).use(Pricer.use(json)));
    recordAll(priced.iterations());
    pricer.tellDrift(entry, priced);
    return entry;
  }

  private void recordAll(List<PricedCall> iterations) {
    for (PricedCall iteration : iterations) {
      var unused = record(Pricer.attempt(iteration, model).latency(Duration.ZERO));
      recordAll(iteration.iterations());
    }
  }

  /**
   * Records an attempt of which no usage came back, such as a stream that was cancelled: the tokens
   * of both texts are counted here.
   *
   * @param outcome how it ended
   * @param sent what was sent
   * @param received what came back before it ended; blank for nothing
   */
  public LedgerEntry estimate(Outcome outcome, String sent, String received) {
    return record(
        Attempt.of(outcome, pricer.count(model, sent, received), Certainty.ESTIMATED), false);
  }

  /**
   * Records how an attempt ended and settles what it used, durably, before it returns. If it
   * throws, the attempt does not count as recorded: record it again.
   *
   * <p>An attempt of unknown cost counts in the budgets with what it may have cost at most, so
   * estimate the usage where it was not reported. After {@link #close} it can be recorded still,
   * but nothing was kept free for it.
   *
   * @return the entry as the ledger keeps it
   * @throws ai.powertools.store.StoreException if the store refuses
   * @throws IllegalArgumentException if it costs more than $9,223,372.03
   */
  public LedgerEntry record(Attempt attempt) {
    return record(attempt, false);
  }

  /**
   * Records the last attempt of the call and closes the span: what is still reserved goes back in
   * the same write, which is one less than recording and closing. Else like {@link #record}.
   */
  public LedgerEntry recordLast(Attempt attempt) {
    return record(attempt, true);
  }

  private LedgerEntry record(Attempt attempt, boolean last) {
    turn.lock();
    try {
      Instant now = tracker.time().instant();
      Duration took = attempt.latency().orElseGet(() -> tracker.time().since(attemptBegan));
      Model served = attempt.servedBy().orElse(model);
      Cost cost = pricer.cost(attempt, served);
      LedgerEntry told = pricer.entry(attempt, served, cost, attemptUnderWay(), now, took);
      Optional<Held> holding = free ? Optional.empty() : Optional.of(held);
      LedgerEntry entry = tracker.ledger().surely(new Ledger.Settling(told, holding, last));
      if (last) {
        released = true;
        closed = true;
        forget();
      }
      attempts.incrementAndGet();
      total = total.plus(cost);
      attemptBegan = tracker.time().nanos();
      pricer.tellDrift(entry);
      return entry;
    } finally {
      turn.unlock();
    }
  }

  /** What the attempts so far cost together. */
  public Cost total() {
    return total;
  }

  /** How many attempts were recorded. */
  public int attempts() {
    return attempts.get();
  }

  /**
   * Says that no attempt is under way: nothing was sent, or all that was sent is recorded. Gives
   * back what is still reserved and closes the span without an entry.
   */
  public void notSent() {
    turn.lock();
    try {
      closed = true;
      release();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Gives back what is still reserved. Where nothing was recorded, an attempt that failed is, see
   * above. If it throws, closing again tries again.
   */
  @Override
  public void close() {
    turn.lock();
    try {
      if (!closed && attempts.get() == 0) {
        var unused = record(unheard(), true);
      }
      closed = true;
      release();
    } finally {
      turn.unlock();
    }
  }

  /** What was sent is charged perhaps; where nobody said how much that was, nobody knows. */
  private Attempt unheard() {
    return call.inputTokens.isPresent()
        ? Attempt.of(Outcome.FAILED, Usage.of(call.inputTokens.getAsLong(), 0), Certainty.ESTIMATED)
        : Attempt.failed();
  }

  private void release() {
    if (!released) {
      tracker.ledger().certainly(new Ledger.Releasing(held));
      released = true;
    }
    forget();
  }

  /** Only now: as long as something is held, it is written off if the span is dropped. */
  private void forget() {
    if (open != null) {
      tracker.openSpans().remove(open);
      open = null;
    }
  }

  private int attemptUnderWay() {
    return call.firstAttempt + attempts.get();
  }
}
