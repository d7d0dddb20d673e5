package ai.powertools.retry.kept;

import ai.powertools.retry.ErrorKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which dead letters are meant. Immutable. */
public final class LetterFilter {
  private static final LetterFilter ALL =
      new LetterFilter(new Terms(null, null, null, null, null, List.of()), Integer.MAX_VALUE);

  private final Terms terms;
  private final int limit;

  private LetterFilter(Terms terms, int limit) {
    this.terms = terms;
    this.limit = limit;
  }

  /** What a letter must be; null or empty where anything will do. */
  private record Terms(
      @Nullable String task,
      @Nullable String key,
      @Nullable ErrorKind kind,
      @Nullable LetterState state,
      @Nullable Instant since,
      List<Long> ids) {}

  /** All of them. */
  public static LetterFilter all() {
    return ALL;
  }

  /** Those with these numbers. */
  public static LetterFilter ids(List<Long> ids) {
    return new LetterFilter(
        new Terms(null, null, null, null, null, List.copyOf(ids)), Integer.MAX_VALUE);
  }

  /** Only of this task. */
  public LetterFilter task(String task) {
    return with(new Terms(task, terms.key, terms.kind, terms.state, terms.since, terms.ids));
  }

  /** Only of calls to this. */
  public LetterFilter key(String key) {
    return with(new Terms(terms.task, key, terms.kind, terms.state, terms.since, terms.ids));
  }

  /** Only those whose last error is of this kind. */
  public LetterFilter kind(ErrorKind kind) {
    return with(new Terms(terms.task, terms.key, kind, terms.state, terms.since, terms.ids));
  }

  /** Only those that stand so. */
  public LetterFilter state(LetterState state) {
    return with(new Terms(terms.task, terms.key, terms.kind, state, terms.since, terms.ids));
  }

  /** Only those that failed then or later. */
  public LetterFilter since(Instant moment) {
    return with(new Terms(terms.task, terms.key, terms.kind, terms.state, moment, terms.ids));
  }

  /**
   * At most so many, the oldest first.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public LetterFilter limit(int letters) {
    if (letters < 1) {
      throw new IllegalArgumentException("A limit of letters is at least 1, not " + letters);
    }
    return new LetterFilter(terms, letters);
  }

  private LetterFilter with(Terms other) {
    return new LetterFilter(other, limit);
  }

  /** How they must stand, if that was said. */
  Optional<LetterState> state() {
    return Optional.ofNullable(terms.state);
  }

  /** Whether letters are asked for one by one. */
  boolean byId() {
    return !terms.ids.isEmpty();
  }

  /** The condition, for a statement. */
  Clauses clauses() {
    Clauses clauses = new Clauses();
    if (terms.task != null) {
      clauses.and("task = ?", Stored.text(terms.task));
    }
    if (terms.key != null) {
      clauses.and("call_key = ?", Stored.text(terms.key));
    }
    if (terms.kind != null) {
      clauses.and("kind = ?", terms.kind.name());
    }
    if (terms.state != null) {
      clauses.and("state = ?", terms.state.name());
    }
    if (terms.since != null) {
      clauses.and("last_failed >= ?", terms.since);
    }
    if (!terms.ids.isEmpty()) {
      clauses.in("id", terms.ids);
    }
    return clauses.end(" ORDER BY id LIMIT " + limit);
  }
}
