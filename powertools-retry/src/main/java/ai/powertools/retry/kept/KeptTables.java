package ai.powertools.retry.kept;

import ai.powertools.store.Migrations;

/** How the tables came to be. */
final class KeptTables {
  static final Migrations MIGRATIONS =
      Migrations.of("retry")
          .step(
              1,
              """
              CREATE TABLE retry_letter (
                id {{serial}},
                idempotency_key TEXT NOT NULL,
                task TEXT NOT NULL,
                call_key TEXT NOT NULL,
                payload {{bytes}} NOT NULL,
                cut BIGINT NOT NULL,
                state TEXT NOT NULL,
                kind TEXT NOT NULL,
                type TEXT NOT NULL,
                message TEXT NOT NULL,
                attempts TEXT NOT NULL,
                first_failed BIGINT NOT NULL,
                last_failed BIGINT NOT NULL,
                redrives BIGINT NOT NULL,
                takes BIGINT NOT NULL,
                taken_until BIGINT,
                UNIQUE (task, idempotency_key)
              );
              CREATE INDEX retry_letter_state ON retry_letter (state, id);
              CREATE INDEX retry_letter_failed ON retry_letter (last_failed);
              CREATE TABLE retry_error (
                id {{serial}},
                at BIGINT NOT NULL,
                call_key TEXT NOT NULL,
                kind TEXT NOT NULL,
                type TEXT NOT NULL,
                message TEXT NOT NULL,
                outcome TEXT NOT NULL,
                failures BIGINT NOT NULL,
                waited_micros BIGINT NOT NULL,
                attempts TEXT NOT NULL
              );
              CREATE INDEX retry_error_at ON retry_error (at, id);
              """);

  private KeptTables() {}
}
