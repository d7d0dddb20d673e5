package ai.powertools.cost;

import java.util.regex.Pattern;

/** A text as a cell of RFC 4180 that no spreadsheet takes for a formula. */
final class CsvCell {
  /**
   * What spreadsheets take for the start of a formula, the wide forms of East Asian ones among them
   * (OWASP, CSV Injection), and the mark itself, so that it can be taken off again: at the start of
   * a cell, or of what is one where cells are parted by semicolons.
   */
  private static final Pattern FORMULA = Pattern.compile("(^|[;\\t])([=+@\\t\\r＝＋－＠'-])");

  private CsvCell() {}

  /** The text in quotes; with an apostrophe before what would be calculated. */
  static String of(String raw) {
    return '"' + FORMULA.matcher(raw).replaceAll("$1'$2").replace("\"", "\"\"") + '"';
  }
}
