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
          .step(2, "ALTER TABLE cost_entry ADD COLUMN details TEXT;");

  private Tables() {}
}
