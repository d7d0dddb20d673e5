package ai.powertools.cost;

import java.util.List;
import java.util.stream.Collectors;

/** How entries are written for other programs. */
public enum ExportFormat {
  /**
   * RFC 4180 with a header. A text that a spreadsheet would take for a formula has an apostrophe
   * put before it.
   */
  CSV {
    @Override
    String header(List<ExportColumn> columns) {
      return columns.stream().map(ExportColumn::name).collect(Collectors.joining(",", "", "\r\n"));
    }

    @Override
    String row(List<ExportColumn> columns, LedgerEntry entry) {
      return columns.stream()
          .map(column -> csv(column, column.value().apply(entry).orElse("")))
          .collect(Collectors.joining(",", "", "\r\n"));
    }
  },

  /** One JSON object a line; amounts are strings, since a JSON number loses digits. */
  NDJSON {
    @Override
    String header(List<ExportColumn> columns) {
      return "";
    }

    @Override
    String row(List<ExportColumn> columns, LedgerEntry entry) {
      return columns.stream()
          .map(
              column ->
                  "\""
                      + column.name()
                      + "\":"
                      + column.value().apply(entry).map(text -> json(column, text)).orElse("null"))
          .collect(Collectors.joining(",", "{", "}\n"));
    }
  };

  abstract String header(List<ExportColumn> columns);

  abstract String row(List<ExportColumn> columns, LedgerEntry entry);

  /** Texts are in quotes, nothing and all else is bare. */
  private static String csv(ExportColumn column, String text) {
    return column.type() == ExportColumn.Type.STRING && !text.isEmpty() ? CsvCell.of(text) : text;
  }

  private static String json(ExportColumn column, String text) {
    if (column.type() == ExportColumn.Type.INT64) {
      return text;
    }
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
