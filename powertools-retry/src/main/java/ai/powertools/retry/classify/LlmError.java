package ai.powertools.retry.classify;

import ai.powertools.retry.ErrorKind;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * One published error of a vendor of language models, and what it means for the next attempt.
 *
 * @param vendor as in {@code openai}
 * @param status the HTTP status it comes with; empty for any
 * @param sign what tells it: the code, type, status or reason in the body; or {@code ~} and a part
 *     of the message, in lower case; or {@code *} where the status alone tells it
 * @param kind what it means
 * @param onlyIfAsked whether it is permanent after all where the answer does not say how long to
 *     wait
 * @param note a few words for a human
 * @param source the page that says so, or where the answer was seen
 * @param date the day the row was last looked at
 */
public record LlmError(
    String vendor,
    OptionalInt status,
    String sign,
    ErrorKind kind,
    boolean onlyIfAsked,
    String note,
    URI source,
    LocalDate date) {

  private static final int COLUMNS = 7;
  private static final String FILE = "llm-errors.tsv";
  private static final String ANY = "*";
  private static final String IF_ASKED = "if-asked";

  static List<LlmError> table() {
    return DataFile.bundled(FILE, COLUMNS).stream().map(LlmError::of).toList();
  }

  static LlmError of(DataFile.Row row) {
    boolean onlyIfAsked = row.text(3).equals(IF_ASKED);
    LlmError error =
        new LlmError(
            row.text(0),
            row.text(1).equals(ANY) ? OptionalInt.empty() : OptionalInt.of(row.number(1)),
            row.text(2),
            onlyIfAsked ? ErrorKind.THROTTLED : row.kind(3),
            onlyIfAsked,
            row.text(4),
            row.source(5),
            row.date(6));
    if (error.isByStatus() && error.status().isEmpty()) {
      throw row.wrong(2, "give a sign, or a status in column 2", null);
    }
    return error;
  }

  /** Whether the status alone tells it. */
  boolean isByStatus() {
    return sign.equals(ANY);
  }

  private boolean isByMessage() {
    return sign.startsWith("~");
  }

  /** How a reason names it: the status and the code, as far as there are any. */
  String name(int seen) {
    String number = seen == 0 ? "" : Integer.toString(seen);
    return isByStatus() || isByMessage() ? number : (number + " " + sign).strip();
  }

  /**
   * Whether this is it.
   *
   * @param seen the status, zero if the failure has none, as in the middle of a stream; then a sign
   *     must tell
   */
  boolean fits(int seen, ErrorBody body) {
    boolean statusFits = status.isEmpty() || status.getAsInt() == seen || seen == 0;
    if (!statusFits) {
      return false;
    }
    if (isByStatus()) {
      return seen != 0;
    }
    return isByMessage()
        ? body.text().contains(sign.substring(1))
        : body.codes().contains(sign.toLowerCase(Locale.ROOT));
  }
}
