package ai.powertools.store;

import ai.powertools.store.StoreException.Kind;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** What PostgreSQL's codes mean for the caller. */
final class PostgresFailures {
  /** postgresql.org/docs/current/errcodes-appendix.html, whole codes before classes. */
  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("40001", Kind.CONFLICT),
          Map.entry("40P01", Kind.CONFLICT),
          Map.entry("55P03", Kind.BUSY),
          Map.entry("57014", Kind.BUSY),
          Map.entry("25006", Kind.READ_ONLY),
          Map.entry("42501", Kind.READ_ONLY),
          Map.entry("53100", Kind.FULL),
          Map.entry("23", Kind.CONSTRAINT),
          Map.entry("08", Kind.UNAVAILABLE),
          Map.entry("53", Kind.UNAVAILABLE),
          Map.entry("57", Kind.UNAVAILABLE),
          Map.entry("58", Kind.UNAVAILABLE),
          Map.entry("28", Kind.UNAVAILABLE),
          Map.entry("XX", Kind.CORRUPT));

  private PostgresFailures() {}

  /** For what happened on a connection. */
  static StoreException of(String what, String location, SQLException e) {
    return failure(kind(e, Kind.STATEMENT), what, location, withoutValues(e));
  }

  /** For a connection that could not be had: whatever it was, no statement is to blame. */
  static StoreException ofConnecting(String location, SQLException e) {
    return failure(kind(e, Kind.UNAVAILABLE), "connect", location, e);
  }

  private static StoreException failure(Kind kind, String what, String location, SQLException e) {
    return new StoreException(
        kind,
        "Could not %s at %s: %s (SQLState %s). %s"
            .formatted(what, location, firstLine(e), state(e), remedy(kind)),
        e);
  }

  private static Kind kind(SQLException e, Kind otherwise) {
    String state = state(e);
    Kind byClass = KINDS.getOrDefault(state.substring(0, Math.min(2, state.length())), otherwise);
    return KINDS.getOrDefault(state, byClass);
  }

  private static String state(SQLException e) {
    return Optional.ofNullable(e.getSQLState()).orElse("none");
  }

  private static String remedy(Kind kind) {
    return switch (kind) {
      case CONFLICT -> "Other processes were in the way again and again; try again.";
      case BUSY -> "Another transaction holds the lock for too long; try again.";
      case UNAVAILABLE -> "Check that the server runs, lets this user in and has connections left.";
      case CONSTRAINT -> "Nothing of the transaction was kept.";
      case FULL -> "Make room on the server's disk; nothing of the transaction was kept.";
      case READ_ONLY -> "Grant this user the right to write, on a server that is not a replica.";
      case CORRUPT -> "Look at the server's log.";
      default -> "Check the statement against the tables.";
    };
  }

  /** The same error without what the server quotes of the values. */
  private static SQLException withoutValues(SQLException e) {
    SQLException bare =
        new SQLException(firstLine(e), e.getSQLState(), e.getErrorCode(), e.getCause());
    bare.setStackTrace(e.getStackTrace());
    return bare;
  }

  /** The lines after the first may quote values; of class 22, "data exception", the first too. */
  private static String firstLine(SQLException e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
    int quote = state(e).startsWith("22") ? line.indexOf('"') : -1;
    return quote < 0 ? line : line.substring(0, quote) + "(a value)";
  }
}
