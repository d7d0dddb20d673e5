package ai.powertools.cost;

import ai.powertools.store.Migrations;

/** How the ledger's tables came to be. */
final class Tables {
  static final Migrations MIGRATIONS =
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
                at_most_pico BIGINT,
                PRIMARY KEY (call_id, attempt)
              );
              CREATE INDEX cost_entry_trace ON cost_entry (trace_id);
              CREATE INDEX cost_entry_at ON cost_entry (at);
              CREATE TABLE cost_spent (
                budget TEXT NOT NULL,
                window_start BIGINT NOT NULL,
                spent_pico BIGINT NOT NULL,
                PRIMARY KEY (budget, window_start)
              );
              CREATE TABLE cost_lease (
                call_id TEXT NOT NULL,
                first_attempt BIGINT NOT NULL,
                attempt BIGINT NOT NULL,
                task TEXT NOT NULL,
                trace_id TEXT NOT NULL,
                model TEXT NOT NULL,
                at_most_pico BIGINT,
                expires_at BIGINT NOT NULL,
                PRIMARY KEY (call_id, first_attempt)
              );
              CREATE INDEX cost_lease_expiry ON cost_lease (expires_at);
              CREATE TABLE cost_hold (
                call_id TEXT NOT NULL,
                first_attempt BIGINT NOT NULL,
                budget TEXT NOT NULL,
                window_start BIGINT NOT NULL,
                reserved_pico BIGINT NOT NULL,
                PRIMARY KEY (call_id, first_attempt, budget),
                FOREIGN KEY (call_id, first_attempt)
                  REFERENCES cost_lease (call_id, first_attempt) ON DELETE CASCADE
              );
              CREATE INDEX cost_hold_window ON cost_hold (budget, window_start);
              """)
          .step(2, "ALTER TABLE cost_entry ADD COLUMN details TEXT;")
          .step(
              3,
              """
              ALTER TABLE cost_entry RENAME TO cost_entry_2;
              DROP TABLE cost_hold;
              DROP TABLE cost_lease;
              DROP TABLE cost_spent;
              CREATE TABLE cost_state (
                id BIGINT NOT NULL PRIMARY KEY,
                zone TEXT NOT NULL,
                counters BIGINT NOT NULL,
                rolled BIGINT NOT NULL
              );
              CREATE TABLE cost_label (id {{serial}}, text TEXT NOT NULL UNIQUE);
              CREATE TABLE cost_entry (
                seq {{serial}},
                call_id TEXT NOT NULL,
                attempt BIGINT NOT NULL,
                at BIGINT NOT NULL,
                began_at BIGINT NOT NULL,
                day BIGINT NOT NULL,
                label BIGINT NOT NULL,
                session TEXT,
                trace_id TEXT,
                outcome TEXT NOT NULL,
                answer TEXT NOT NULL,
                input_tokens BIGINT NOT NULL,
                cached_input_tokens BIGINT NOT NULL,
                cache_write_tokens BIGINT NOT NULL,
                output_tokens BIGINT NOT NULL,
                reasoning_tokens BIGINT NOT NULL,
                details TEXT,
                cost_pico BIGINT,
                certainty TEXT NOT NULL,
                at_most_pico BIGINT,
                counted_pico BIGINT NOT NULL,
                vendor_pico BIGINT,
                saved_pico BIGINT NOT NULL,
                redone_pico BIGINT NOT NULL,
                latency_micros BIGINT,
                latency_class BIGINT,
                UNIQUE (call_id, attempt)
              );
              CREATE INDEX cost_entry_began ON cost_entry (began_at);
              CREATE INDEX cost_entry_trace_id ON cost_entry (trace_id)
                WHERE trace_id IS NOT NULL;
              CREATE INDEX cost_entry_session ON cost_entry (session) WHERE session IS NOT NULL;
              CREATE TABLE cost_counter (id {{serial}}, text TEXT NOT NULL UNIQUE);
              CREATE TABLE cost_sum (
                counter BIGINT NOT NULL,
                share TEXT NOT NULL,
                cell BIGINT NOT NULL,
                spent_pico BIGINT NOT NULL,
                reserved_pico BIGINT NOT NULL,
                PRIMARY KEY (counter, share, cell)
              ) {{clustered}};
              CREATE INDEX cost_sum_cell ON cost_sum (counter, cell);
              CREATE TABLE cost_holder (id TEXT NOT NULL PRIMARY KEY, lapses_at BIGINT NOT NULL) {{clustered}};
              CREATE TABLE cost_held (
                call_id TEXT NOT NULL,
                first_attempt BIGINT NOT NULL,
                attempt BIGINT NOT NULL,
                label BIGINT NOT NULL,
                session TEXT,
                trace_id TEXT,
                reserved_pico BIGINT NOT NULL,
                at_most_pico BIGINT,
                began_at BIGINT NOT NULL,
                holder TEXT NOT NULL,
                lapses_at BIGINT,
                PRIMARY KEY (call_id, first_attempt)
              ) {{clustered}};
              CREATE INDEX cost_held_lapse ON cost_held (lapses_at) WHERE lapses_at IS NOT NULL;
              CREATE TABLE cost_alert (
                counter BIGINT NOT NULL,
                budget TEXT NOT NULL,
                share TEXT NOT NULL,
                window_start BIGINT NOT NULL,
                percent BIGINT NOT NULL,
                limit_pico BIGINT NOT NULL,
                spent_pico BIGINT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (counter, share, window_start, percent, limit_pico)
              ) {{clustered}};
              CREATE TABLE cost_day (
                day BIGINT NOT NULL,
                label BIGINT NOT NULL,
                calls BIGINT NOT NULL DEFAULT 0,
                attempts BIGINT NOT NULL DEFAULT 0,
                succeeded BIGINT NOT NULL DEFAULT 0,
                failed BIGINT NOT NULL DEFAULT 0,
                cancelled BIGINT NOT NULL DEFAULT 0,
                lost BIGINT NOT NULL DEFAULT 0,
                truncated BIGINT NOT NULL DEFAULT 0,
                unused BIGINT NOT NULL DEFAULT 0,
                estimated BIGINT NOT NULL DEFAULT 0,
                unknown BIGINT NOT NULL DEFAULT 0,
                boundless BIGINT NOT NULL DEFAULT 0,
                input_tokens BIGINT NOT NULL DEFAULT 0,
                cached_input_tokens BIGINT NOT NULL DEFAULT 0,
                cache_write_tokens BIGINT NOT NULL DEFAULT 0,
                output_tokens BIGINT NOT NULL DEFAULT 0,
                reasoning_tokens BIGINT NOT NULL DEFAULT 0,
                cost_million BIGINT NOT NULL DEFAULT 0,
                cost_rest BIGINT NOT NULL DEFAULT 0,
                unknown_most_million BIGINT NOT NULL DEFAULT 0,
                unknown_most_rest BIGINT NOT NULL DEFAULT 0,
                counted_million BIGINT NOT NULL DEFAULT 0,
                counted_rest BIGINT NOT NULL DEFAULT 0,
                saved_million BIGINT NOT NULL DEFAULT 0,
                saved_rest BIGINT NOT NULL DEFAULT 0,
                failed_cost_million BIGINT NOT NULL DEFAULT 0,
                failed_cost_rest BIGINT NOT NULL DEFAULT 0,
                cancelled_cost_million BIGINT NOT NULL DEFAULT 0,
                cancelled_cost_rest BIGINT NOT NULL DEFAULT 0,
                truncated_cost_million BIGINT NOT NULL DEFAULT 0,
                truncated_cost_rest BIGINT NOT NULL DEFAULT 0,
                unused_cost_million BIGINT NOT NULL DEFAULT 0,
                unused_cost_rest BIGINT NOT NULL DEFAULT 0,
                retried_million BIGINT NOT NULL DEFAULT 0,
                retried_rest BIGINT NOT NULL DEFAULT 0,
                PRIMARY KEY (day, label)
              ) {{clustered}};
              CREATE TABLE cost_day_latency (
                day BIGINT NOT NULL,
                label BIGINT NOT NULL,
                latency_class BIGINT NOT NULL,
                attempts BIGINT NOT NULL,
                PRIMARY KEY (day, label, latency_class)
              ) {{clustered}};
              CREATE TABLE cost_day_unit (
                day BIGINT NOT NULL,
                label BIGINT NOT NULL,
                unit TEXT NOT NULL,
                quantity BIGINT NOT NULL,
                PRIMARY KEY (day, label, unit)
              ) {{clustered}};
              INSERT INTO cost_label (text)
                SELECT DISTINCT 'model=' || model || '
              task=' || REPLACE(task, '
              ', ' ') FROM cost_entry_2;
              INSERT INTO cost_entry (call_id, attempt, at, began_at, day, label, session, trace_id,
                outcome, answer, input_tokens, cached_input_tokens, cache_write_tokens,
                output_tokens, reasoning_tokens, details, cost_pico, certainty, at_most_pico,
                counted_pico, vendor_pico, saved_pico, redone_pico, latency_micros, latency_class)
                SELECT call_id, attempt, at, at, at / 86400000000, cost_label.id, NULL,
                  NULLIF(trace_id, ''), outcome, 'USED', input_tokens, cached_input_tokens,
                  cache_write_tokens, output_tokens, reasoning_tokens, details, cost_pico,
                  certainty, at_most_pico,
                  CASE WHEN outcome = 'LOST' THEN 0 ELSE COALESCE(cost_pico, at_most_pico, 0) END,
                  NULL, 0, 0, NULL, NULL
                FROM cost_entry_2 JOIN cost_label ON cost_label.text = 'model=' || model || '
              task=' || REPLACE(task, '
              ', ' ') ORDER BY at, call_id, attempt;
              DROP TABLE cost_entry_2;
              INSERT INTO cost_state (id, zone, counters, rolled)
                SELECT 1, 'Z', 1, 0 WHERE EXISTS (SELECT 1 FROM cost_entry);
              """);

  private Tables() {}
}
