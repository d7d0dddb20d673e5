package ai.powertools.retry.classify;

import ai.powertools.retry.ErrorKind;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;

/**
 * What a code of a database means.
 *
 * @param database whose code it is, {@code any} for those of the standard
 * @param what which of its codes
 * @param code the code
 * @param kind what it means for the next attempt
 * @param note a few words
 * @param source the page that defines it
 * @param date when the row was last looked at
 */
record SqlStateRow(
    String database,
    What what,
    String code,
    ErrorKind kind,
    String note,
    URI source,
    LocalDate date) {
  private static final int COLUMNS = 7;

  /** Which of the codes that an SQLException has. */
  enum What {
    /** The SQLState. */
    STATE,
    /** The first two characters of the SQLState. */
    CLASS,
    /** The database's own number. */
    NUMBER
  }

  /** The bundled table. */
  static List<SqlStateRow> table() {
    return DataFile.bundled("sqlstates.tsv", COLUMNS).stream().map(SqlStateRow::of).toList();
  }

  static SqlStateRow of(DataFile.Row row) {
    return new SqlStateRow(
        row.text(0), what(row), row.text(2), row.kind(3), row.text(4), row.source(5), row.date(6));
  }

  private static What what(DataFile.Row row) {
    return switch (row.text(1)) {
      case "state" -> What.STATE;
      case "class" -> What.CLASS;
      case "number" -> What.NUMBER;
      default -> throw row.wrong(1, "give state, class or number", null);
    };
  }
}
