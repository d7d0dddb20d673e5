package ai.powertools.retry.classify;

import ai.powertools.retry.Causes;
import ai.powertools.retry.Classifier;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Verdict;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A classifier for databases: by the database's own number, the SQLState and the type of an {@code
 * SQLException}, wherever it stands in the chain of causes or of {@code getNextException}.
 *
 * <p>The codes are in {@code ai/powertools/retry/classify/sqlstates.tsv}, each with its source.
 * Whose number it is follows from the driver that made the exception; PostgreSQL, MySQL and
 * MariaDB, Oracle, SQL Server and SQLite are known, others go by the SQLState.
 *
 * <p>An attempt must be a whole transaction on a connection of its own. A commit of which nobody
 * knows whether it was done (08007, 40003) is unknown, hence not retried by default.
 *
 * <pre>{@code
 * Retry retry = Retry.builder().retryOn(JdbcErrors.classifier()).build();
 * }</pre>
 */
public final class JdbcErrors {
  private static final SqlStates STATES = new SqlStates(SqlStateRow.table());

  /** Longer chains are a batch that failed row by row, and say the same over and over. */
  private static final int MOST = 100;

  private JdbcErrors() {}

  /** The classifier; unknown for errors of other kinds. */
  public static Classifier classifier() {
    return JdbcErrors::classify;
  }

  private static Verdict classify(Throwable error) {
    List<SQLException> chain = sqlExceptions(error);
    List<Verdict> verdicts = chain.stream().flatMap(one -> STATES.verdict(one).stream()).toList();
    return gravest(verdicts)
        .or(() -> chain.stream().flatMap(one -> byType(one).stream()).findFirst())
        .orElse(Verdict.unknown());
  }

  /**
   * Of several the one that forbids most: a batch of which one row is wrong stays wrong, and what
   * may have been committed is not repeated.
   */
  private static Optional<Verdict> gravest(List<Verdict> verdicts) {
    return Optional.<Verdict>empty()
        .or(() -> first(verdicts, ErrorKind.CANCELLED))
        .or(() -> first(verdicts, ErrorKind.PERMANENT))
        .or(() -> first(verdicts, ErrorKind.UNKNOWN))
        .or(() -> verdicts.stream().findFirst());
  }

  private static Optional<Verdict> first(List<Verdict> verdicts, ErrorKind kind) {
    return verdicts.stream().filter(verdict -> verdict.kind() == kind).findFirst();
  }

  private static Optional<Verdict> byType(SQLException error) {
    if (error instanceof SQLTransientException || error instanceof SQLRecoverableException) {
      return Optional.of(Verdict.transientError());
    }
    return error instanceof SQLNonTransientException
        ? Optional.of(Verdict.permanent())
        : Optional.empty();
  }

  /** Those in the chain of causes with all that hang on them, each once, outermost first. */
  private static List<SQLException> sqlExceptions(Throwable error) {
    Set<SQLException> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<SQLException> chain = new ArrayList<>();
    for (Throwable cause : Causes.of(error)) {
      @Nullable SQLException next = cause instanceof SQLException sql ? sql : null;
      while (next != null && chain.size() < MOST && seen.add(next)) {
        chain.add(next);
        next = next.getNextException();
      }
    }
    return chain;
  }
}
