package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rules of reserving and settling, on whatever book: what is checked before money is held, and
 * how it moves from reserved to spent. For one turn at the book.
 */
final class Accounting {
  private final Book book;
  private final List<Limit> limits;
  private final boolean countsLost;
  private final Consumer<CostEvent> events;

  /**
   * @param limits those that calls are held to; sums are kept for all counters of the book
   * @param countsLost whether budgets are charged the worst case of a call that was lost
   * @param events told what happened; true only once the turn is over and kept
   */
  Accounting(Book book, List<Limit> limits, boolean countsLost, Consumer<CostEvent> events) {
    this.book = book;
    this.limits = limits;
    this.countsLost = countsLost;
    this.events = events;
  }

  /** Makes sure that sums are kept for these. */
  void register(List<Limit> wanted, Instant now) {
    for (Limit limit : wanted) {
      if (book.find(limit.counter()).isEmpty()) {
        book.register(limit.counter(), now);
      }
    }
  }

  /**
   * Raises what the call holds to this amount, in every budget or in none.
   *
   * @param isNew whether the call can't hold anything yet, since its id is new
   * @return the budget that has no room, and then nothing is changed; empty when all have
   */
  Optional<BudgetStatus> reserve(Held wanted, boolean isNew) {
    Optional<Held> before =
        isNew ? Optional.empty() : book.held(wanted.callId(), wanted.firstAttempt());
    // Out of the way first: what was held may have been for something else.
    before.ifPresent(held -> shift(held, -held.reserved()));
    List<CostEvent> passed = new ArrayList<>(0);
    Optional<BudgetStatus> refused = refusal(wanted, passed);
    if (refused.isPresent()) {
      before.ifPresent(held -> shift(held, held.reserved()));
      return refused;
    }
    shift(wanted, wanted.reserved());
    if (before.isPresent()) {
      book.replace(wanted);
    } else {
      book.hold(wanted);
    }
    passed.forEach(events);
    return Optional.empty();
  }

  /** The budget that has no room; those that let it pass all the same are noted. */
  private Optional<BudgetStatus> refusal(Held wanted, List<CostEvent> passed) {
    for (Limit limit : limits) {
      Optional<String> share = limit.counter().scope().shareOf(wanted.attributes());
      if (share.isPresent() && !fits(limit, share.get(), wanted)) {
        BudgetStatus status = status(limit, share.get(), wanted.beganAt());
        if (limit.budget().atLimit() == AtLimit.REFUSE) {
          return Optional.of(status);
        }
        passed.add(
            new CostEvent.LimitPassed(status, Usd.ofPico(wanted.reserved()), wanted.callId()));
      }
    }
    return Optional.empty();
  }

  private boolean fits(Limit limit, String share, Held wanted) {
    Counter counter = limit.counter();
    long id = registered(counter);
    Balance held = book.balance(id, share, counter.heldCell(wanted.beganAt()));
    long spent = spent(id, share, counter, held, wanted.beganAt());
    long taken = Balance.sum(spent, held.reserved);
    // Who reserves nothing for what may cost something must not pass a limit that is reached.
    return wanted.reserved() == 0
        ? taken < limit.pico()
        : taken <= limit.pico() && wanted.reserved() <= limit.pico() - taken;
  }

  private long spent(long id, String share, Counter counter, Balance held, Instant at) {
    return counter.isRolling() ? book.spentFrom(id, share, counter.firstCell(at)) : held.spent;
  }

  /**
   * Adds the entry and moves its cost from reserved to spent; once, however often it is called.
   *
   * @param held what the call holds, as it was reserved; empty where nothing had to be
   * @param last whether what is left of the reservation goes back with it
   * @return the entry as it is kept
   */
  LedgerEntry settle(LedgerEntry entry, Optional<Held> held, boolean last) {
    LedgerEntry complete = complete(entry);
    boolean added = add(complete);
    long covered = 0;
    if (held.isPresent()) {
      covered = last ? release(held.get()) : take(held.get(), entry, added);
    }
    if (added) {
      tellOvershoots(entry, covered);
    }
    return complete;
  }

  /** With what it does again, where the attempt before it had failed. */
  private LedgerEntry complete(LedgerEntry entry) {
    return entry.attempt() == 1
        ? entry
        : book.entry(entry.callId(), entry.attempt() - 1)
            .filter(LedgerEntry::wasForNothing)
            .flatMap(LedgerEntry::cost)
            .map(entry::redoing)
            .orElse(entry);
  }

  /**
   * What is spent now is not held any more, and the next attempt is under way. Gives what was held.
   */
  private long take(Held held, LedgerEntry entry, boolean added) {
    Optional<Held> there = book.held(held.callId(), held.firstAttempt());
    if (there.isEmpty()) {
      return 0;
    }
    Held now = there.get();
    long taken = added ? Math.min(now.reserved(), Picos.of(entry.counted())) : 0;
    shift(held, -taken);
    int next = Math.max(now.attempt(), entry.attempt() + 1);
    book.replace(now.reserving(now.reserved() - taken).at(next));
    return now.reserved();
  }

  private boolean add(LedgerEntry entry) {
    if (!book.add(entry)) {
      // A process that was only paused, and written off meanwhile, knows better than the ledger.
      LedgerEntry there = book.entry(entry.callId(), entry.attempt()).orElseThrow();
      if (there.outcome() != Outcome.LOST || entry.outcome() == Outcome.LOST) {
        return false;
      }
      book.strike(there);
      spend(there, -Picos.of(there.counted()));
      book.add(entry);
    }
    spend(entry, Picos.of(entry.counted()));
    tellThresholds(entry);
    return true;
  }

  /** Gives back what the call still holds; how much that was. */
  long release(Held held) {
    long left = book.drop(held.callId(), held.firstAttempt());
    shift(held, -left);
    return left;
  }

  /**
   * A call that nobody has heard of may have cost something: the ledger says that it may. Whether
   * there was one.
   */
  boolean writeOffLapsed(Instant now) {
    List<Book.Lapsed> all = book.lapsed(now);
    all.forEach(lapsed -> writeOff(lapsed.held(), lapsed.at()));
    return !all.isEmpty();
  }

  /** The same for one that is known to be dropped. */
  void writeOff(Held held, Instant at) {
    Optional<Held> there = book.held(held.callId(), held.firstAttempt());
    if (there.isEmpty()) {
      return;
    }
    Held now = there.get();
    long covered = release(now);
    Usd counted = countsLost ? now.atMost().map(Picos::kept).orElse(Usd.ZERO) : Usd.ZERO;
    LedgerEntry lost =
        new LedgerEntry(
            now.callId(),
            now.attempt(),
            at,
            now.beganAt(),
            now.attributes(),
            now.traceId(),
            Outcome.LOST,
            Use.USED,
            Usage.ZERO,
            Optional.empty(),
            Certainty.UNKNOWN,
            now.atMost().map(Picos::kept),
            counted,
            Optional.empty(),
            Usd.ZERO,
            Usd.ZERO,
            Optional.empty());
    if (add(complete(lost))) {
      events.accept(new CostEvent.CallLost(lost));
      tellOvershoots(lost, covered);
    }
  }

  /** Forgets what budgets spent in windows that ended before then. */
  void forgetSums(Instant before) {
    book.forgetSums(before);
  }

  /** Every budget, and every share of one that has spent or holds something. */
  List<BudgetStatus> status(Instant now) {
    for (Limit limit : limits) {
      if (book.find(limit.counter()).isEmpty()) {
        book.preview(limit.counter(), now);
      }
    }
    List<BudgetStatus> all = new ArrayList<>();
    for (Limit limit : limits) {
      Counter counter = limit.counter();
      if (counter.scope().each().isEmpty()) {
        all.add(status(limit, "", now));
      } else {
        for (String share : book.shares(registered(counter), counter.firstCell(now))) {
          all.add(status(limit, share, now));
        }
      }
    }
    return all;
  }

  private BudgetStatus status(Limit limit, String share, Instant at) {
    Budget budget = limit.budget();
    Counter counter = limit.counter();
    long id = registered(counter);
    Balance held = book.balance(id, share, counter.heldCell(at));
    long spent = spent(id, share, counter, held, at);
    return new BudgetStatus(
        budget,
        budget.scope().describe(share),
        budget.window().start(at),
        budget.window().end(at),
        Usd.ofPico(spent),
        Usd.ofPico(held.reserved));
  }

  private long registered(Counter counter) {
    return book.find(counter)
        .orElseThrow(() -> new IllegalStateException("No sums are kept for " + counter))
        .id();
  }

  /** Changes what is reserved for the calls like this one, wherever they count. */
  private void shift(Held held, long pico) {
    if (pico == 0) {
      return;
    }
    for (Book.Registered one : book.counters()) {
      Counter counter = one.counter();
      Optional<String> share = counter.scope().shareOf(held.attributes());
      if (share.isPresent()) {
        Balance balance = book.balance(one.id(), share.get(), counter.heldCell(held.beganAt()));
        balance.reserved = Math.max(0, Balance.sum(balance.reserved, pico));
      }
    }
  }

  private void spend(LedgerEntry entry, long pico) {
    if (pico == 0) {
      return;
    }
    for (Book.Registered one : book.counters()) {
      Counter counter = one.counter();
      Optional<String> share = counter.scope().shareOf(entry.attributes());
      if (share.isPresent()) {
        Balance balance = book.balance(one.id(), share.get(), counter.spentCell(entry.beganAt()));
        balance.spent = Math.max(0, Balance.sum(balance.spent, pico));
      }
    }
  }

  private void tellThresholds(LedgerEntry entry) {
    for (Limit limit : limits) {
      if (!limit.budget().alerts().isEmpty() && !entry.counted().isZero()) {
        Optional<String> share = limit.budget().scope().shareOf(entry.attributes());
        if (share.isPresent()) {
          tellThresholds(limit.counter(), status(limit, share.get(), entry.beganAt()), entry);
        }
      }
    }
  }

  private void tellThresholds(Counter counter, BudgetStatus status, LedgerEntry entry) {
    // A calendar's window is told from the next by its start. A rolling one is always another, so
    // there it is the crossing that is told.
    Usd before =
        status.budget().window() instanceof Window.Rolling
            ? status.spent().minus(entry.counted())
            : Usd.ZERO.minus(Usd.ofPico(1));
    for (int percent : status.budget().alerts()) {
      // Both sides a hundredfold, so that nothing is rounded.
      Usd threshold = status.budget().limit().times(percent);
      if (status.spent().times(100).compareTo(threshold) >= 0
          && before.times(100).compareTo(threshold) < 0) {
        CostEvent.ThresholdReached alert =
            new CostEvent.ThresholdReached(
                status.budget(),
                status.share(),
                status.windowStart(),
                percent,
                status.spent(),
                entry.at());
        if (book.alert(counter, alert)) {
          events.accept(alert);
        }
      }
    }
  }

  private void tellOvershoots(LedgerEntry entry, long covered) {
    Usd beyond = entry.counted().minus(Usd.ofPico(covered));
    if (beyond.compareTo(Usd.ZERO) <= 0) {
      return;
    }
    for (Limit limit : limits) {
      Optional<String> share = limit.budget().scope().shareOf(entry.attributes());
      if (share.isPresent() && limit.budget().atLimit() == AtLimit.REFUSE) {
        BudgetStatus status = status(limit, share.get(), entry.beganAt());
        if (!status.overshoot().isZero()) {
          events.accept(new CostEvent.Overshot(status, entry.callId(), beyond));
        }
      }
    }
  }
}
