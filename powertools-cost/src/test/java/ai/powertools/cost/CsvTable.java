package ai.powertools.cost;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Comma-separated values read back, by the letter of RFC 4180. */
final class CsvTable {
  private final String text;
  private int at;

  private CsvTable(String text) {
    this.text = text;
  }

  /** Each record by the names of the first. */
  static List<Map<String, String>> read(String text) {
    CsvTable table = new CsvTable(text);
    List<String> header = table.line();
    List<Map<String, String>> rows = new ArrayList<>();
    while (table.at < text.length()) {
      List<String> line = table.line();
      if (line.size() != header.size()) {
        throw new IllegalStateException(
            line.size() + " cells under " + header.size() + " columns: " + line);
      }
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < line.size(); i++) {
        row.put(header.get(i), line.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private List<String> line() {
    List<String> cells = new ArrayList<>(List.of(cell()));
    while (text.charAt(at) == ',') {
      at++;
      cells.add(cell());
    }
    if (!text.startsWith("\r\n", at)) {
      throw new IllegalStateException("No end of a line at " + at + ": " + text.substring(at));
    }
    at += 2;
    return cells;
  }

  private String cell() {
    StringBuilder cell = new StringBuilder();
    if (text.charAt(at) != '"') {
      while (",\r\n\"".indexOf(text.charAt(at)) < 0) {
        cell.append(text.charAt(at++));
      }
      return cell.toString();
    }
    at++;
    while (text.charAt(at) != '"' || text.startsWith("\"\"", at)) {
      at += text.charAt(at) == '"' ? 1 : 0;
      cell.append(text.charAt(at++));
    }
    at++;
    return cell.toString();
  }
}
