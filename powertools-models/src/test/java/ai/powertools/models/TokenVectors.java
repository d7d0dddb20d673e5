package ai.powertools.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** jtokkit's test vectors: a text and the tokens that tiktoken made of it. */
record TokenVectors(String text, int tokens) {

  static List<TokenVectors> read(String name) {
    String csv;
    try {
      csv = Files.readString(SharedData.file("tokenizers/" + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records(csv).stream()
        .skip(1)
        .filter(fields -> fields.size() > 1) // one file ends with an empty line
        .map(fields -> new TokenVectors(fields.get(0), fields.get(1).split(",", -1).length))
        .toList();
  }

  /** RFC 4180: quoted fields may have commas, line ends and doubled quotes in them. */
  private static List<List<String>> records(String csv) {
    List<List<String>> records = new ArrayList<>();
    List<String> record = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        record.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          records.add(record);
          record = new ArrayList<>();
        }
      } else if (quoted || c != '\r') {
        field.append(c);
      }
    }
    if (!record.isEmpty()) {
      record.add(field.toString());
      records.add(record);
    }
    return records;
  }
}
