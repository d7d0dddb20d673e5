package ai.powertools.cost;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of a text in CSV, as RFC 4180 has it; lines may end as they like. */
final class CsvRows {
  private static final int BYTE_ORDER_MARK = '\ufeff';
  private static final int END = -1;

  private final PushbackReader reader;
  private int line = 1;
  private boolean begun;

  CsvRows(Reader reader) {
    this.reader = new PushbackReader(reader);
  }

  /**
   * @param line in which it begins, from 1
   * @param fields without their quotes
   */
  record Row(int line, List<String> fields) {
    /** A line with nothing in it. */
    boolean isBlank() {
      return fields.stream().allMatch(String::isBlank);
    }
  }

  /** The next row that is not blank; empty at the end. */
  Optional<Row> next() throws IOException {
    while (true) {
      int c = read();
      if (c == END) {
        return Optional.empty();
      }
      reader.unread(c);
      Row row = row();
      if (!row.isBlank()) {
        return Optional.of(row);
      }
    }
  }

  private Row row() throws IOException {
    Row row = new Row(line, new ArrayList<>());
    while (true) {
      int c = read();
      row.fields().add(c == '"' ? quoted(row) : plain(c));
      c = read();
      if (c != ',') {
        endOfLine(c);
        return row;
      }
    }
  }

  private String plain(int first) throws IOException {
    StringBuilder field = new StringBuilder();
    int c = first;
    while (c != ',' && c != '\n' && c != '\r' && c != END) {
      field.append((char) c);
      c = read();
    }
    unread(c);
    return field.toString();
  }

  private String quoted(Row row) throws IOException {
    StringBuilder field = new StringBuilder();
    while (true) {
      int c = read();
      if (c == END) {
        throw new BillFormatException(
            row.line(), "a quote in column " + (row.fields().size() + 1) + " is never closed.");
      }
      line += c == '\n' ? 1 : 0;
      if (c == '"') {
        c = read();
        if (c != '"') {
          // What follows the closing quote up to the comma is not RFC 4180, and is kept.
          return field.append(plain(c)).toString();
        }
      }
      field.append((char) c);
    }
  }

  private void endOfLine(int c) throws IOException {
    line++;
    if (c == '\r') {
      int next = read();
      if (next != '\n') {
        unread(next);
      }
    }
  }

  private int read() throws IOException {
    int c = reader.read();
    if (!begun && c == BYTE_ORDER_MARK) {
      c = reader.read();
    }
    begun = true;
    return c;
  }

  private void unread(int c) throws IOException {
    if (c != END) {
      reader.unread(c);
    }
  }
}
