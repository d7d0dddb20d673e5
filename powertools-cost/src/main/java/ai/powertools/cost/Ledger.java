package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Migrations;
import ai.powertools.store.Sql;
import ai.powertools.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The tables behind the tracker: entries that are only ever added, what each budget's window has
 * spent, and the leases of calls in flight.
 *
 * @implNote Every change is one transaction of the store, so {@code spent + reserved ≤ limit} is
 *     checked and kept among all processes. What a window has spent is kept beside the entries
 *     instead of summed from them, since it is read before every call.
 */
final class Ledger {
  private static final Migrations TABLES =
      Migrations.of("cost")
          .step(
              1,
              """
              CREATE TABLE cost_entry (
                call_id TEXT NOT NULL,
                attempt BIGINT NOT NULL,
                at BIGINT NOT NULL,
                task TEXT NOT NULL,
                trace_id TEXT NOT NULL,
                model TEXT NOT NULL,
                outcome TEXT NOT NULL,
                input_tokens BIGINT NOT NULL,
                cached_input_tokens BIGINT NOT NULL,
                cache_write_tokens BIGINT NOT NULL,
                output_tokens BIGINT NOT NULL,
                reasoning_tokens BIGINT NOT NULL,
                cost_pico BIGINT,
                certainty TEXT NOT NULL,
                at_most_pico BIGINT NOT NULL,
                PRIMARY KEY (call_id, attempt)
              );
              CREATE INDEX cost_entry_trace ON cost_entry (trace_id);
              CREATE TABLE cost_spent (
                budget TEXT NOT NULL,
                window_start BIGINT NOT NULL,
                spent_pico BIGINT NOT NULL,
                PRIMARY KEY (budget, window_start)
              );
              CREATE TABLE cost_lease (
                call_id TEXT PRIMARY KEY,
                attempt BIGINT NOT NULL,
                task TEXT NOT NULL,
                trace_id TEXT NOT NULL,
                model TEXT NOT NULL,
                reserved_pico BIGINT NOT NULL,
                began_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL
              );
              CREATE INDEX cost_lease_expiry ON cost_lease (expires_at);
              """);

  private static final String ENTRY =
      "SELECT call_id, attempt, at, task, trace_id, model, outcome, input_tokens,"
          + " cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_pico,"
          + " certainty, at_most_pico FROM cost_entry ";

  private final Store store;
  private final List<Budget> budgets;

  Ledger(Store store, List<Budget> budgets) {
    this.store = store;
    this.budgets = budgets;
    store.migrate(TABLES);
  }

  /** What a call in flight holds, and what to write down about it should its process die. */
  record Lease(
      String callId,
      int attempt,
      String task,
      String traceId,
      String model,
      Usd amount,
      Instant at,
      Duration length) {
    Instant expiresAt() {
      return at.plus(length);
    }
  }

  boolean hasBudgets() {
    return !budgets.isEmpty();
  }

  String location() {
    return store.location();
  }

  /**
   * Raises what the call has reserved to the lease's amount, in every budget or in none.
   *
   * @throws BudgetExceededException if a budget has no room
   */
  void reserve(Lease lease, String remedy) {
    store.write(
        sql -> {
          writeOffLapsed(sql, lease.at());
          for (Budget budget : budgets) {
            BudgetStatus status = status(sql, budget, lease.at(), lease.callId());
            if (lease.amount().compareTo(status.available()) > 0) {
              throw new BudgetExceededException(status, lease.amount(), remedy);
            }
          }
          return sql.execute(
              "INSERT INTO cost_lease (call_id, attempt, task, trace_id, model, reserved_pico,"
                  + " began_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                  + " ON CONFLICT (call_id) DO UPDATE SET reserved_pico = excluded.reserved_pico,"
                  + " model = excluded.model, expires_at = excluded.expires_at",
              lease.callId(),
              lease.attempt(),
              lease.task(),
              lease.traceId(),
              lease.model(),
              Picos.of(lease.amount()),
              lease.at(),
              lease.expiresAt());
        });
  }

  /** Puts off the moment at which the lease lapses; does nothing when it is gone. */
  CompletableFuture<Integer> renew(Lease lease) {
    return store.writeAsync(
        sql ->
            sql.execute(
                "UPDATE cost_lease SET expires_at = ? WHERE call_id = ?",
                lease.expiresAt(),
                lease.callId()));
  }

  /** Adds the entry and moves its cost from reserved to spent; once, however often it is called. */
  void settle(LedgerEntry entry) {
    store.update(
        sql -> {
          // A process that was only paused, and written off meanwhile, knows better than the
          // ledger.
          sql.execute(
              "DELETE FROM cost_entry WHERE call_id = ? AND attempt = ? AND outcome = ?",
              entry.callId(),
              entry.attempt(),
              Outcome.LOST.name());
          if (insert(sql, entry) == 1) {
            entry.cost().ifPresent(cost -> spend(sql, entry, cost));
          }
        });
  }

  private void spend(Sql sql, LedgerEntry entry, Usd cost) {
    long pico = Picos.of(cost);
    Instant began =
        sql.first(
                "SELECT began_at FROM cost_lease WHERE call_id = ?",
                r -> r.instant("began_at"),
                entry.callId())
            .orElse(entry.at());
    for (Budget budget : budgets) {
      sql.execute(
          "INSERT INTO cost_spent (budget, window_start, spent_pico) VALUES (?, ?, ?)"
              + " ON CONFLICT (budget, window_start) DO UPDATE"
              + " SET spent_pico = cost_spent.spent_pico + excluded.spent_pico",
          budget.key(),
          budget.windowStart(began),
          pico);
    }
    sql.execute(
        "UPDATE cost_lease SET attempt = ?,"
            + " reserved_pico = CASE WHEN reserved_pico > ? THEN reserved_pico - ? ELSE 0 END"
            + " WHERE call_id = ?",
        entry.attempt() + 1,
        pico,
        pico,
        entry.callId());
  }

  void release(String callId) {
    store.write(sql -> sql.execute("DELETE FROM cost_lease WHERE call_id = ?", callId));
  }

  List<BudgetStatus> status(Instant now) {
    sweep(now);
    return store.read(
        sql -> {
          List<BudgetStatus> all = new ArrayList<>();
          for (Budget budget : budgets) {
            all.add(status(sql, budget, now, ""));
          }
          return all;
        });
  }

  /** Writes off leases that have lapsed; costs nothing but a read when there are none. */
  void sweep(Instant now) {
    boolean any =
        store
            .read(
                sql ->
                    sql.first(
                        "SELECT call_id FROM cost_lease WHERE expires_at <= ? LIMIT 1",
                        r -> r.string("call_id"),
                        now))
            .isPresent();
    if (any) {
      store.update(sql -> writeOffLapsed(sql, now));
    }
  }

  List<LedgerEntry> ofCall(String callId) {
    return store.read(
        sql -> sql.query(ENTRY + "WHERE call_id = ? ORDER BY attempt", EntryReader::read, callId));
  }

  List<LedgerEntry> ofTrace(String traceId) {
    return store.read(
        sql ->
            sql.query(
                ENTRY + "WHERE trace_id = ? ORDER BY at, call_id, attempt",
                EntryReader::read,
                traceId));
  }

  Spending total() {
    return store.read(
        sql ->
            sql.first(
                    "SELECT COALESCE(SUM(cost_pico), 0) AS known, COUNT(*) AS attempts,"
                        + " COALESCE(SUM(CASE WHEN cost_pico IS NULL THEN 1 ELSE 0 END), 0) AS blank,"
                        + " COALESCE(SUM(CASE WHEN cost_pico IS NULL THEN at_most_pico ELSE 0 END),"
                        + " 0) AS at_most FROM cost_entry",
                    r ->
                        new Spending(
                            Usd.ofPico(r.longValue("known")),
                            r.longValue("attempts"),
                            r.longValue("blank"),
                            Usd.ofPico(r.longValue("at_most"))))
                .orElseThrow());
  }

  /** The budget as it stands, leaving out what {@code exceptCall} has reserved itself. */
  private static BudgetStatus status(Sql sql, Budget budget, Instant now, String exceptCall) {
    Instant start = budget.windowStart(now);
    long spent =
        sql.first(
                "SELECT spent_pico FROM cost_spent WHERE budget = ? AND window_start = ?",
                r -> r.longValue("spent_pico"),
                budget.key(),
                start)
            .orElse(0L);
    // A call belongs to the window that it began in, like what it spends.
    long reserved =
        sql.first(
                "SELECT COALESCE(SUM(reserved_pico), 0) AS reserved FROM cost_lease"
                    + " WHERE expires_at > ? AND began_at >= ? AND call_id <> ?",
                r -> r.longValue("reserved"),
                now,
                start,
                exceptCall)
            .orElse(0L);
    return new BudgetStatus(budget, start, Usd.ofPico(spent), Usd.ofPico(reserved));
  }

  /** A call whose process died may have cost something: nobody knows, and the ledger says so. */
  private static void writeOffLapsed(Sql sql, Instant now) {
    List<LedgerEntry> lost =
        sql.query(
            "SELECT call_id, attempt, task, trace_id, model, reserved_pico, expires_at"
                + " FROM cost_lease WHERE expires_at <= ?",
            r ->
                new LedgerEntry(
                    r.string("call_id"),
                    r.intValue("attempt"),
                    r.instant("expires_at"),
                    r.string("task"),
                    r.string("trace_id"),
                    r.string("model"),
                    Outcome.LOST,
                    Usage.ZERO,
                    Optional.empty(),
                    Certainty.UNKNOWN,
                    Usd.ofPico(r.longValue("reserved_pico"))),
            now);
    for (LedgerEntry entry : lost) {
      insert(sql, entry);
      sql.execute("DELETE FROM cost_lease WHERE call_id = ?", entry.callId());
    }
  }

  private static int insert(Sql sql, LedgerEntry entry) {
    Usage usage = entry.usage();
    return sql.execute(
        "INSERT INTO cost_entry (call_id, attempt, at, task, trace_id, model, outcome,"
            + " input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,"
            + " reasoning_tokens, cost_pico, certainty, at_most_pico)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (call_id, attempt) DO NOTHING",
        entry.callId(),
        entry.attempt(),
        entry.at(),
        entry.task(),
        entry.traceId(),
        entry.model(),
        entry.outcome().name(),
        usage.inputTokens(),
        usage.cachedInputTokens(),
        usage.cacheWriteTokens(),
        usage.outputTokens(),
        usage.reasoningTokens(),
        entry.cost().map(Picos::of).orElse(null),
        entry.certainty().name(),
        Picos.of(entry.atMost()));
  }
}
