package ai.powertools.retry.classify;

import ai.powertools.retry.ErrorKind;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;

/**
 * What a status, or each of a range, means.
 *
 * @param first the first status
 * @param last the last status
 * @param kind what it means for the next attempt
 * @param note a few words
 * @param source where it is defined
 * @param date when the row was last looked at
 */
record HttpStatusRow(int first, int last, ErrorKind kind, String note, URI source, LocalDate date) {
  private static final int COLUMNS = 5;

  /** The bundled table. */
  static List<HttpStatusRow> table() {
    return DataFile.bundled("http-status.tsv", COLUMNS).stream().map(HttpStatusRow::of).toList();
  }

  static HttpStatusRow of(DataFile.Row row) {
    String[] range = row.text(0).split("-", 2);
    try {
      int first = Integer.parseInt(range[0]);
      int last = Integer.parseInt(range[range.length - 1]);
      return new HttpStatusRow(first, last, row.kind(1), row.text(2), row.source(3), row.date(4));
    } catch (NumberFormatException e) {
      throw row.wrong(0, "give a status or a range, as in 520-525", e);
    }
  }

  boolean covers(int status) {
    return first <= status && status <= last;
  }
}
