package ai.powertools.retry.classify;

import ai.powertools.retry.Verdict;
import ai.powertools.retry.classify.SqlStateRow.What;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of codes of databases, as verdicts. Immutable. */
final class SqlStates {
  private static final String ANY = "any";
  private static final int CLASS_LENGTH = 2;

  /** The bits that SQLite's primary code has in an extended one. */
  private static final int SQLITE_PRIMARY = 0xff;

  private final Map<Key, SqlStateRow> rows = new HashMap<>();

  private record Key(String database, What what, String code) {}

  SqlStates(List<SqlStateRow> table) {
    table.forEach(row -> rows.put(new Key(row.database(), row.what(), row.code()), row));
  }

  /** What the codes of one exception say; empty if the table has none of them. */
  Optional<Verdict> verdict(SQLException error) {
    Optional<Database> database = Database.of(error);
    String whose = database.map(Database::label).orElse(ANY);
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    String group = state.length() < CLASS_LENGTH ? state : state.substring(0, CLASS_LENGTH);
    return Stream.of(
            new Key(whose, What.NUMBER, Integer.toString(number(error, database))),
            new Key(whose, What.STATE, state),
            new Key(ANY, What.STATE, state),
            new Key(whose, What.CLASS, group),
            new Key(ANY, What.CLASS, group))
        .flatMap(key -> Optional.ofNullable(rows.get(key)).stream())
        .findFirst()
        .map(row -> Judgement.of(row.kind(), reason(row, state)));
  }

  private static int number(SQLException error, Optional<Database> database) {
    boolean extended = database.filter(Database.SQLITE::equals).isPresent();
    return extended ? error.getErrorCode() & SQLITE_PRIMARY : error.getErrorCode();
  }

  private static String reason(SqlStateRow row, String state) {
    String code =
        row.what() == What.NUMBER ? row.database() + " " + row.code() : "SQLState " + state;
    return code + ": " + row.note();
  }
}
