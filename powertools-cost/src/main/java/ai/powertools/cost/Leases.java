package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Statements on the leases of calls in flight, and on what they hold of which budget. */
final class Leases {
  private Leases() {}

  /** Makes the lease, or raises it again to the whole of its amount. */
  static void put(Sql sql, Lease lease, List<Budget> budgets) {
    sql.execute(
        "INSERT INTO cost_lease (call_id, first_attempt, attempt, task, trace_id, model,"
            + " at_most_pico, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (call_id, first_attempt) DO UPDATE SET attempt = excluded.attempt,"
            + " model = excluded.model, at_most_pico = excluded.at_most_pico,"
            + " expires_at = excluded.expires_at",
        lease.callId(),
        lease.firstAttempt(),
        lease.attempt(),
        lease.task(),
        lease.traceId(),
        lease.model(),
        lease.atMost().map(Picos::of).orElse(null),
        lease.expiresAt());
    for (Budget budget : budgets) {
      sql.execute(
          "INSERT INTO cost_hold (call_id, first_attempt, budget, window_start, reserved_pico)"
              + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (call_id, first_attempt, budget) DO UPDATE"
              + " SET window_start = excluded.window_start, reserved_pico = excluded.reserved_pico",
          lease.callId(),
          lease.firstAttempt(),
          budget.key(),
          budget.windowStart(lease.beganAt()),
          Picos.of(lease.atMost().orElse(Usd.ZERO)));
    }
  }

  /** Puts off the moment at which the lease lapses; does nothing when it is gone. */
  static int renew(Sql sql, Lease lease) {
    return sql.execute(
        "UPDATE cost_lease SET expires_at = ? WHERE call_id = ? AND first_attempt = ?",
        lease.expiresAt(),
        lease.callId(),
        lease.firstAttempt());
  }

  /** Takes from what the lease holds what is spent now. */
  static void take(Sql sql, String callId, int firstAttempt, long pico) {
    sql.execute(
        "UPDATE cost_hold SET reserved_pico ="
            + " CASE WHEN reserved_pico > ? THEN reserved_pico - ? ELSE 0 END"
            + " WHERE call_id = ? AND first_attempt = ?",
        pico,
        pico,
        callId,
        firstAttempt);
  }

  /** From now on this attempt is under way, unless a later one is. */
  static void advance(Sql sql, String callId, int firstAttempt, int attempt) {
    sql.execute(
        "UPDATE cost_lease SET attempt = ?"
            + " WHERE call_id = ? AND first_attempt = ? AND attempt < ?",
        attempt,
        callId,
        firstAttempt,
        attempt);
  }

  /** What it holds goes with it. */
  static int remove(Sql sql, String callId, int firstAttempt) {
    return sql.execute(
        "DELETE FROM cost_lease WHERE call_id = ? AND first_attempt = ?", callId, firstAttempt);
  }

  /** What all calls hold of a budget in the window, but for the one of this lease. */
  static Usd reserved(Sql sql, Budget budget, Instant windowStart, Optional<Lease> but) {
    // Can't overflow: nothing is held beyond a limit, and limits fit (see Budget).
    return Usd.ofPico(
        sql.first(
                "SELECT COALESCE(SUM(reserved_pico), 0) AS reserved FROM cost_hold"
                    + " WHERE budget = ? AND window_start = ?"
                    + " AND NOT (call_id = ? AND first_attempt = ?)",
                r -> r.longValue("reserved"),
                budget.key(),
                windowStart,
                but.map(Lease::callId).orElse(""),
                but.map(Lease::firstAttempt).orElse(0))
            .orElse(0L));
  }

  static boolean anyLapsed(Sql sql, Instant now) {
    return sql.first(
            "SELECT call_id FROM cost_lease WHERE expires_at <= ? LIMIT 1",
            r -> r.string("call_id"),
            now)
        .isPresent();
  }

  /** A call whose process died may have cost something: nobody knows, and the ledger says so. */
  static void writeOffLapsed(Sql sql, Instant now) {
    sql.query(
            "SELECT call_id, first_attempt, attempt, task, trace_id, model, at_most_pico,"
                + " expires_at FROM cost_lease WHERE expires_at <= ? ORDER BY expires_at",
            r ->
                new Lapsed(
                    r.intValue("first_attempt"),
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
                        r.findLong("at_most_pico").map(Usd::ofPico))),
            now)
        .forEach(
            lapsed -> {
              Entries.insert(sql, lapsed.lost());
              remove(sql, lapsed.lost().callId(), lapsed.firstAttempt());
            });
  }

  private record Lapsed(int firstAttempt, LedgerEntry lost) {}
}
