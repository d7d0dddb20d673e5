package ai.powertools.store;

import java.util.regex.Pattern;

/** What may stand in one statement of a transaction. */
final class StatementText {
  private static final Pattern CONTROL =
      Pattern.compile(
          "\\s*(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE)\\b",
          Pattern.CASE_INSENSITIVE);

  private StatementText() {}

  /**
   * Refuses what would end the transaction of others, and what one of the databases would pass
   * over.
   */
  static void check(String sql) {
    if (CONTROL.matcher(sql).lookingAt()) {
      throw misuse(
          "A transaction must not run \""
              + sql.strip()
              + "\": the store begins and commits. Throw to roll back.");
    }
    int end = sql.indexOf(';');
    // A quoted semicolon is harmless; SQLite would run the first statement and forget the others.
    if (end >= 0 && sql.indexOf('\'') < 0 && !sql.substring(end + 1).isBlank()) {
      throw misuse("\"" + sql.strip() + "\" is more than one statement. Run them one by one.");
    }
  }

  private static StoreException misuse(String message) {
    return new StoreException(StoreException.Kind.MISUSE, message, null);
  }
}
