package ai.powertools.store;

import ai.powertools.store.StoreException.Kind;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean for the caller (sqlite.org/rescode.html). */
final class SqliteFailures {
  /** The primary code is in the low byte of an extended one. */
  private static final int PRIMARY = 0xff;

  private SqliteFailures() {}

  static StoreException of(String what, String location, SQLException e) {
    Kind kind = kind(e);
    return new StoreException(
        kind,
        "Could not %s at %s: %s. %s".formatted(what, location, e.getMessage(), remedy(kind)),
        e);
  }

  private static Kind kind(SQLException e) {
    int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
    int primary = code & PRIMARY;
    if (primary == SQLiteErrorCode.SQLITE_BUSY.code
        || primary == SQLiteErrorCode.SQLITE_LOCKED.code
        || primary == SQLiteErrorCode.SQLITE_PROTOCOL.code) {
      return Kind.BUSY;
    } else if (primary == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
      return Kind.CONSTRAINT;
    } else if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
      return Kind.FULL;
    } else if (primary == SQLiteErrorCode.SQLITE_READONLY.code
        || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
        || primary == SQLiteErrorCode.SQLITE_PERM.code) {
      return Kind.READ_ONLY;
    } else if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return Kind.CORRUPT;
    } else if (primary == SQLiteErrorCode.SQLITE_IOERR.code) {
      return Kind.UNAVAILABLE;
    }
    return Kind.STATEMENT;
  }

  private static String remedy(Kind kind) {
    return switch (kind) {
      case BUSY ->
          "Another process has been writing for too long; look for one that hangs, or try again.";
      case CONSTRAINT -> "Nothing of the transaction was kept.";
      case FULL -> "Make room on the disk; nothing of the transaction was kept.";
      case READ_ONLY -> "Check that this user may write the file and its folder.";
      case CORRUPT ->
          "Keep the file for rescue (sqlite3 FILE .recover), and restore a backup or name another.";
      case UNAVAILABLE -> "Look at the disk and the system's log.";
      default -> "Check the statement against the tables.";
    };
  }
}
