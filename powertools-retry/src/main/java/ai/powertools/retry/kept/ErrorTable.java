package ai.powertools.retry.kept;

import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Outcome;
import ai.powertools.retry.report.ErrorEvent;
import ai.powertools.store.Row;
import ai.powertools.store.Sql;
import ai.powertools.store.WriteMode;
import java.time.Instant;

/** Statements on kept errors. */
final class ErrorTable {
  /** A report may lose its last lines when the machine goes down; calls are not to wait for it. */
  static final WriteMode MODE =
      WriteMode.DURABLE.done(WriteMode.Done.SEEN).exclusive("retry-error");

  static final String NEXT =
      "SELECT id, at, call_key, kind, type, message, outcome, failures, waited_micros, attempts"
          + " FROM retry_error WHERE at >= ? AND id > ? ORDER BY id LIMIT ?";

  private ErrorTable() {}

  /** An event and its number. */
  record Numbered(long id, ErrorEvent event) {}

  static void add(Sql sql, ErrorEvent event) {
    sql.execute(
        "INSERT INTO retry_error (at, call_key, kind, type, message, outcome, failures,"
            + " waited_micros, attempts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        event.when(),
        Stored.text(event.key()),
        event.kind().name(),
        Stored.text(event.type()),
        Stored.text(event.message()),
        event.outcome().name(),
        event.failures(),
        AttemptsJson.micros(event.waited()),
        AttemptsJson.write(event.attempts()));
  }

  /** Leaves no more than so many, and none from before that moment. */
  static void prune(Sql sql, int most, Instant oldest) {
    sql.execute("DELETE FROM retry_error WHERE at < ?", oldest);
    sql.execute(
        "DELETE FROM retry_error WHERE id <="
            + " (SELECT id FROM retry_error ORDER BY id DESC LIMIT 1 OFFSET ?)",
        most);
  }

  static Numbered numbered(Row row) {
    ErrorEvent event =
        new ErrorEvent(
            row.instant("at"),
            row.string("call_key"),
            ErrorKind.valueOf(row.string("kind")),
            row.string("type"),
            row.string("message"),
            Outcome.valueOf(row.string("outcome")),
            row.intValue("failures"),
            AttemptsJson.duration(row.longValue("waited_micros")),
            AttemptsJson.read(row.string("attempts")));
    return new Numbered(row.longValue("id"), event);
  }
}
