package ai.powertools.ratelimit.simulation;

import java.util.ArrayList;
import java.util.List;

/** Cuts a line of CSV into its cells; a cell in quotes may hold commas, and quotes doubled. */
final class CsvCells {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private CsvCells() {}

  /**
   * The cells without their quotes and the blanks around them.
   *
   * @throws IllegalArgumentException if a quote is never closed
   */
  static List<String> of(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    int start = !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    for (int i = start; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new IllegalArgumentException(
          "a quote is never closed. Close it; a cell ends in its line.");
    }
    cells.add(cell.toString().strip());
    return cells;
  }
}
