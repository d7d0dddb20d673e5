package ai.powertools.retry.classify;

import ai.powertools.retry.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A row of {@code llm-cases.tsv}: a failure, and what must be made of it. */
record LlmCase(String vendor, HttpFailure failure, ErrorKind kind, Optional<Duration> asked) {
  static List<LlmCase> all() {
    try (InputStream in = LlmCase.class.getResourceAsStream("llm-cases.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return DataFile.parse("llm-cases.tsv", text, 6).stream().map(LlmCase::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LlmCase of(DataFile.Row row) {
    String body = row.text(5).equals("-") ? "" : row.text(5).replace("\\n", "\n");
    return new LlmCase(
        row.text(0),
        HttpFailure.of(row.number(1), headers(row.text(4)), body),
        ErrorKind.valueOf(row.text(2).toUpperCase(Locale.ROOT)),
        row.text(3).equals("-") ? Optional.empty() : Optional.of(Duration.parse(row.text(3))));
  }

  private static Map<String, List<String>> headers(String cell) {
    String[] header = cell.split(": ", 2);
    return header.length < 2 ? Map.of() : Map.of(header[0], List.of(header[1]));
  }
}
