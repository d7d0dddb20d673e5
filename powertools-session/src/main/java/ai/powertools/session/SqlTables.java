package ai.powertools.session;

import ai.powertools.store.Migrations;

/** The tables that sessions are kept in. */
final class SqlTables {
  /** Bare JSON; see {@link OlderTables}. */
  static final String FIRST =
      """
      CREATE TABLE session (
        name TEXT PRIMARY KEY,
        created_at BIGINT NOT NULL,
        touched_at BIGINT NOT NULL
      );
      CREATE TABLE session_value (
        session TEXT NOT NULL REFERENCES session(name) ON DELETE CASCADE,
        name TEXT NOT NULL,
        version BIGINT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (session, name)
      );
      CREATE TABLE session_log (
        session TEXT NOT NULL REFERENCES session(name) ON DELETE CASCADE,
        name TEXT NOT NULL,
        seq BIGINT NOT NULL,
        at BIGINT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (session, name, seq)
      );
      """;

  static final Migrations ALL =
      Migrations.of("session")
          .step(1, FIRST)
          .step(
              2,
              """
              CREATE TABLE session_head (
                id {{key}},
                name {{text}} NOT NULL UNIQUE,
                created_at BIGINT NOT NULL,
                touched_at BIGINT NOT NULL,
                version BIGINT NOT NULL,
                fence BIGINT NOT NULL,
                holder TEXT NOT NULL,
                locked_until BIGINT,
                expires_at BIGINT,
                slide BIGINT,
                history_from BIGINT NOT NULL,
                history_from_at BIGINT NOT NULL,
                snapshot BIGINT NOT NULL,
                entries BIGINT NOT NULL,
                sum BIGINT NOT NULL,
                seal BIGINT NOT NULL
              );
              CREATE INDEX session_head_expires ON session_head (expires_at)
                WHERE expires_at IS NOT NULL;
              CREATE TABLE session_entry (
                session BIGINT NOT NULL,
                name {{text}} NOT NULL,
                seq BIGINT NOT NULL,
                version BIGINT NOT NULL,
                at BIGINT NOT NULL,
                expires_at BIGINT,
                slide BIGINT,
                record {{bytes}} NOT NULL,
                PRIMARY KEY (session, name, seq)
              );
              CREATE INDEX session_entry_expires ON session_entry (expires_at)
                WHERE expires_at IS NOT NULL;
              CREATE TABLE session_past (
                session BIGINT NOT NULL,
                name {{text}} NOT NULL,
                seq BIGINT NOT NULL,
                version BIGINT NOT NULL,
                at BIGINT NOT NULL,
                expires_at BIGINT,
                slide BIGINT,
                record {{bytes}} NOT NULL,
                until BIGINT NOT NULL,
                until_at BIGINT NOT NULL,
                seal BIGINT NOT NULL,
                PRIMARY KEY (session, name, seq, version)
              );
              CREATE TABLE session_shared (
                name {{text}} PRIMARY KEY,
                value {{bytes}} NOT NULL
              );
              CREATE TABLE session_aside (
                id {{serial}},
                session BIGINT NOT NULL,
                name TEXT NOT NULL,
                seq BIGINT NOT NULL,
                version BIGINT NOT NULL,
                at BIGINT NOT NULL,
                expires_at BIGINT,
                record {{bytes}} NOT NULL,
                why TEXT NOT NULL
              );
              """);

  private SqlTables() {}
}
