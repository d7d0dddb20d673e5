package ai.powertools.retry.kept;

import ai.powertools.retry.ErrorKind;
import ai.powertools.store.Row;
import ai.powertools.store.Sql;
import ai.powertools.store.WriteMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statements on dead letters. For one transaction. */
final class LetterTable {
  /** All that changes the table does so under one lock: a count is right until the commit. */
  static final WriteMode MODE = WriteMode.DURABLE.exclusive("retry-letter");

  static final String SELECT =
      "SELECT id, idempotency_key, task, call_key, payload, cut, state, kind, type, message,"
          + " attempts, first_failed, last_failed, redrives, takes, taken_until FROM retry_letter";

  /**
   * One letter for each call: the same key is the same call, made again by its caller or from
   * within a redrive. Whoever has it taken goes on with what he has.
   */
  private static final String PUT =
      """
      INSERT INTO retry_letter (idempotency_key, task, call_key, payload, cut, state, kind, type,
          message, attempts, first_failed, last_failed, redrives, takes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
        ON CONFLICT (task, idempotency_key) DO UPDATE SET
          payload = CASE retry_letter.state WHEN 'TAKEN' THEN retry_letter.payload
            ELSE excluded.payload END,
          cut = CASE retry_letter.state WHEN 'TAKEN' THEN retry_letter.cut ELSE excluded.cut END,
          redrives = CASE WHEN retry_letter.state IN ('TAKEN', 'WAITING')
            THEN retry_letter.redrives ELSE 0 END,
          state = CASE retry_letter.state WHEN 'TAKEN' THEN retry_letter.state
            ELSE excluded.state END,
          kind = excluded.kind, type = excluded.type, message = excluded.message,
          attempts = excluded.attempts, last_failed = excluded.last_failed
      """;

  private final Sql sql;

  LetterTable(Sql sql) {
    this.sql = sql;
  }

  /** What a letter is made of. */
  record Fresh(String key, String task, String payload, boolean cut, String idempotencyKey) {}

  /** A letter with the number of the times that it was taken: later ones have greater numbers. */
  record Numbered(DeadLetter letter, long takes) {}

  void put(Fresh fresh, LetterError error) {
    sql.execute(
        PUT,
        fresh.idempotencyKey(),
        fresh.task(),
        fresh.key(),
        fresh.payload().getBytes(StandardCharsets.UTF_8),
        fresh.cut(),
        (fresh.cut() ? LetterState.GIVEN_UP : LetterState.WAITING).name(),
        error.kind().name(),
        Stored.text(error.type()),
        Stored.text(error.message()),
        AttemptsJson.write(error.attempts()),
        error.at(),
        error.at());
  }

  /** Removes what is too old, and of what is too many those that nobody will drive again. */
  void prune(LetterRules rules, Instant now, String location) {
    sql.execute(
        "DELETE FROM retry_letter WHERE last_failed < ? AND (state <> 'TAKEN' OR taken_until <= ?)",
        now.minus(rules.longestAge()),
        now);
    for (LetterState state : List.of(LetterState.DONE, LetterState.GIVEN_UP)) {
      long tooMany = counts().total() - rules.mostLetters();
      if (tooMany > 0) {
        sql.execute(
            "DELETE FROM retry_letter WHERE id IN"
                + " (SELECT id FROM retry_letter WHERE state = ? ORDER BY id LIMIT ?)",
            state.name(),
            tooMany);
      }
    }
    LetterCounts left = counts();
    if (left.total() > rules.mostLetters()) {
      throw new DeadLettersFullException(location, left.open() - 1, rules.mostLetters());
    }
  }

  LetterCounts counts() {
    record Count(String state, long letters) {}
    Map<LetterState, Long> counts = new EnumMap<>(LetterState.class);
    for (Count count :
        sql.query(
            "SELECT state, COUNT(*) AS letters FROM retry_letter GROUP BY state",
            row -> new Count(row.string("state"), row.longValue("letters")))) {
      counts.put(LetterState.valueOf(count.state()), count.letters());
    }
    return new LetterCounts(
        counts.getOrDefault(LetterState.WAITING, 0L),
        counts.getOrDefault(LetterState.TAKEN, 0L),
        counts.getOrDefault(LetterState.DONE, 0L),
        counts.getOrDefault(LetterState.GIVEN_UP, 0L));
  }

  Optional<Numbered> find(long id) {
    return sql.first(SELECT + " WHERE id = ?", LetterTable::numbered, id);
  }

  /** From now on it is the caller's, who gets it as it is then. */
  Optional<Numbered> take(long id, int redrives, Instant until) {
    sql.execute(
        "UPDATE retry_letter SET state = 'TAKEN', takes = takes + 1, redrives = ?, taken_until = ?"
            + " WHERE id = ?",
        redrives,
        until,
        id);
    return find(id);
  }

  /** Whether it was still the caller's. */
  boolean renew(Numbered taken, Instant until) {
    return sql.execute(
            "UPDATE retry_letter SET taken_until = ? WHERE id = ? AND takes = ? AND state = 'TAKEN'",
            until,
            taken.letter().id(),
            taken.takes())
        == 1;
  }

  /** Whoever has it by now: what is done is done. */
  void done(long id) {
    sql.execute(
        "UPDATE retry_letter SET state = 'DONE', payload = ?, taken_until = NULL WHERE id = ?",
        new byte[0],
        id);
  }

  /** Whether it was still the caller's. */
  boolean putBack(Numbered taken, LetterState state) {
    return sql.execute(
            "UPDATE retry_letter SET state = ?, taken_until = NULL"
                + " WHERE id = ? AND takes = ? AND state = 'TAKEN'",
            state.name(),
            taken.letter().id(),
            taken.takes())
        == 1;
  }

  /** Whether it was still the caller's. */
  boolean failed(Numbered taken, LetterState state, LetterError error) {
    return putBack(taken, state)
        && sql.execute(
                "UPDATE retry_letter SET redrives = redrives + 1, kind = ?, type = ?, message = ?,"
                    + " attempts = ?, last_failed = ? WHERE id = ?",
                error.kind().name(),
                Stored.text(error.type()),
                Stored.text(error.message()),
                AttemptsJson.write(error.attempts()),
                error.at(),
                taken.letter().id())
            == 1;
  }

  void giveUp(long id, int redrives) {
    sql.execute(
        "UPDATE retry_letter SET state = 'GIVEN_UP', redrives = ?, taken_until = NULL WHERE id = ?",
        redrives,
        id);
  }

  boolean discard(long id) {
    return sql.execute("DELETE FROM retry_letter WHERE id = ?", id) == 1;
  }

  private static Numbered numbered(Row row) {
    return new Numbered(letter(row), row.longValue("takes"));
  }

  static DeadLetter letter(Row row) {
    return new DeadLetter(
        row.longValue("id"),
        row.string("call_key"),
        row.string("task"),
        new String(row.bytes("payload"), StandardCharsets.UTF_8),
        row.bool("cut"),
        row.string("idempotency_key"),
        LetterState.valueOf(row.string("state")),
        ErrorKind.valueOf(row.string("kind")),
        row.string("type"),
        row.string("message"),
        AttemptsJson.read(row.string("attempts")),
        row.instant("first_failed"),
        row.instant("last_failed"),
        row.intValue("redrives"),
        row.findInstant("taken_until"));
  }
}
