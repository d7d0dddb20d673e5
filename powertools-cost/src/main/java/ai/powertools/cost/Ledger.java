package ai.powertools.cost;

import ai.powertools.models.Usd;
import ai.powertools.store.Sql;
import ai.powertools.store.Store;
import ai.powertools.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * What was spent, attempt by attempt; what each budget's window has spent; and what calls in flight
 * hold.
 *
 * @implNote Every change is one transaction of the store, so {@code spent + reserved ≤ limit} is
 *     checked and kept among all processes. What a window has spent is kept beside the entries
 *     instead of summed from them, since it is read before every call.
 */
final class Ledger {
  private final Store store;
  private final List<Budget> budgets;

  Ledger(Store store, List<Budget> budgets) {
    this.store = store;
    this.budgets = budgets;
    store.migrate(Tables.MIGRATIONS);
  }

  boolean hasBudgets() {
    return !budgets.isEmpty();
  }

  String location() {
    return store.location();
  }

  /**
   * Raises what the call holds to the lease's amount, in every budget or in none. An interrupt
   * while it waits withdraws it.
   *
   * @throws BudgetExceededException if a budget has no room
   */
  void reserve(Lease lease, Supplier<String> remedy) {
    store.update(
        sql -> {
          Leases.writeOffLapsed(sql, lease.at());
          Usd amount = lease.atMost().orElse(Usd.ZERO);
          for (Budget budget : budgets) {
            // Its own window, which may have ended: its spending is counted there as well.
            BudgetStatus status = status(sql, budget, lease.beganAt(), Optional.of(lease));
            if (amount.compareTo(status.available()) > 0) {
              throw new BudgetExceededException(status, amount, remedy.get());
            }
          }
          Leases.put(sql, lease, budgets);
        });
  }

  /** Puts off the moment at which the lease lapses; does nothing when it is gone. */
  CompletableFuture<Integer> renew(Lease lease) {
    return store.writeAsync(sql -> Leases.renew(sql, lease));
  }

  /**
   * Adds the entry and moves its cost from reserved to spent; once, however often it is called.
   *
   * @param firstAttempt with the call, names the lease
   * @param beganAt when the call began
   */
  void settle(LedgerEntry entry, int firstAttempt, Instant beganAt) {
    settle(entry, firstAttempt, beganAt, false);
  }

  /** The same for the last attempt: what is left of the reservation goes back with it. */
  void settleLast(LedgerEntry entry, int firstAttempt, Instant beganAt) {
    settle(entry, firstAttempt, beganAt, true);
  }

  private void settle(LedgerEntry entry, int firstAttempt, Instant beganAt, boolean last) {
    writeWhateverComes(
        sql -> {
          // A process that was only paused, and written off meanwhile, knows better than the
          // ledger.
          Entries.removeLost(sql, entry.callId(), entry.attempt());
          if (Entries.insert(sql, entry) == 1) {
            // A hard limit can't take what it does not know for nothing.
            entry
                .cost()
                .or(entry::atMost)
                .ifPresent(
                    counted -> {
                      spend(sql, Picos.of(counted), beganAt);
                      Leases.take(sql, entry.callId(), firstAttempt, Picos.of(counted));
                    });
          }
          if (last) {
            Leases.remove(sql, entry.callId(), firstAttempt);
          } else {
            Leases.advance(sql, entry.callId(), firstAttempt, entry.attempt() + 1);
          }
          return true;
        });
  }

  private void spend(Sql sql, long pico, Instant beganAt) {
    for (Budget budget : budgets) {
      // At the end of a long it stands still: above every limit, where wrapping would be below.
      sql.execute(
          "INSERT INTO cost_spent (budget, window_start, spent_pico) VALUES (?, ?, ?)"
              + " ON CONFLICT (budget, window_start) DO UPDATE SET spent_pico = CASE"
              + " WHEN cost_spent.spent_pico > 9223372036854775807 - excluded.spent_pico"
              + " THEN 9223372036854775807"
              + " ELSE cost_spent.spent_pico + excluded.spent_pico END",
          budget.key(),
          budget.windowStart(beganAt),
          pico);
    }
  }

  /** Gives back what the lease still holds. */
  void release(String callId, int firstAttempt) {
    writeWhateverComes(sql -> Leases.remove(sql, callId, firstAttempt));
  }

  List<BudgetStatus> status(Instant now) {
    sweep(now);
    return store.read(
        sql -> {
          List<BudgetStatus> all = new ArrayList<>();
          for (Budget budget : budgets) {
            all.add(status(sql, budget, now, Optional.empty()));
          }
          return all;
        });
  }

  /** Writes off leases that have lapsed; costs nothing but a read when there are none. */
  void sweep(Instant now) {
    boolean any = store.read(sql -> Leases.anyLapsed(sql, now));
    if (any) {
      store.update(sql -> Leases.writeOffLapsed(sql, now));
    }
  }

  List<LedgerEntry> ofCall(String callId) {
    return store.read(sql -> Entries.select(sql, "WHERE call_id = ? ORDER BY attempt", callId));
  }

  List<LedgerEntry> ofTrace(String traceId) {
    return store.read(
        sql -> Entries.select(sql, "WHERE trace_id = ? ORDER BY at, call_id, attempt", traceId));
  }

  List<LedgerEntry> recent(int most) {
    return store.read(
        sql -> Entries.select(sql, "ORDER BY at DESC, call_id DESC, attempt DESC LIMIT ?", most));
  }

  Spending total() {
    return store.read(Entries::total);
  }

  /** The sums for each value of a column of the entries, the largest first. */
  List<SpendingBy> by(String column) {
    List<SpendingBy> all = store.read(sql -> Entries.by(sql, column));
    all.sort(
        Comparator.comparing((SpendingBy sum) -> sum.spending().known())
            .reversed()
            .thenComparing(SpendingBy::key));
    return all;
  }

  /** The budget in the window of {@code at}, leaving out what {@code but} holds itself. */
  private static BudgetStatus status(Sql sql, Budget budget, Instant at, Optional<Lease> but) {
    Instant start = budget.windowStart(at);
    long spent =
        sql.first(
                "SELECT spent_pico FROM cost_spent WHERE budget = ? AND window_start = ?",
                r -> r.longValue("spent_pico"),
                budget.key(),
                start)
            .orElse(0L);
    return new BudgetStatus(
        budget, start, Usd.ofPico(spent), Leases.reserved(sql, budget, start, but));
  }

  /**
   * Waits for the outcome, whatever happens: a call that was interrupted is settled all the same,
   * where {@link Store#write} would withdraw what has been spent.
   */
  private <T> void writeWhateverComes(Transaction<T> work) {
    try {
      store.writeAsync(work).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
