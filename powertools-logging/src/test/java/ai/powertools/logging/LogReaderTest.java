package ai.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // scopes are opened for what they do, not to be looked at
class LogReaderTest {
  private static final String LINE =
      "{\"ts\":\"2026-01-01T00:00:00.000001Z\",\"level\":\"INFO\",\"logger\":\"app\","
          + "\"event\":\"call\"";

  @TempDir Path folder;

  @Test
  void readsBackWhatWasLogged() {
    Path file = folder.resolve("app.ndjson");
    Instant before = Instant.now().minusMillis(1);
    try (LogFile attached = LogFile.attach(file, "reader");
        LogContext.Scope scope = LogContext.with("trace_id", "t1")) {
      StructuredLogger.of("reader")
          .warn("odd \"event\"\n\u0001é😀")
          .with("count", Long.MIN_VALUE)
          .with("share", 0.25)
          .with("flag", true)
          .with("nothing", (Object) null)
          .with("list", List.of("a", 1, List.of(), Map.of()))
          .with("map", Map.of("k", "v"))
          .log();
    }
    LogReader reader = LogReader.read(file);
    LogRecord record = reader.records().get(0);

    assertThat(reader.badLines()).isZero();
    assertThat(record.ts()).isBetween(before, Instant.now().plusMillis(1));
    assertThat(record.level()).isEqualTo("WARN");
    assertThat(record.logger()).isEqualTo("reader");
    assertThat(record.event()).isEqualTo("odd \"event\"\n\u0001é😀");
    assertThat(record.fields())
        .contains(
            entry("thread", Thread.currentThread().getName()),
            entry("count", Long.MIN_VALUE),
            entry("share", 0.25),
            entry("flag", true),
            entry("nothing", null),
            entry("list", List.of("a", 1L, List.of(), Map.of())),
            entry("map", Map.of("k", "v")),
            entry("trace_id", "t1"));
    assertThat(record.text("count")).isEqualTo("-9223372036854775808");
    assertThat(record.text("missing")).isNull();
    assertThat(reader.withTrace("t1")).containsExactly(record);
    assertThat(reader.withTrace("t2")).isEmpty();
  }

  @Test
  void countsTornAndBadLinesAndGoesOn() throws IOException {
    Path file = folder.resolve("app.ndjson");
    byte[] torn = (LINE + ",\"text\":\"é").getBytes(StandardCharsets.UTF_8);
    byte[] whole =
        (LINE + "}\n\nno event\n" + LINE + ",\"n\":1}\n").getBytes(StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(whole, whole.length + torn.length - 1);
    System.arraycopy(torn, 0, all, whole.length, torn.length - 1);
    Files.write(file, all);

    LogReader reader = LogReader.read(file);
    assertThat(reader.records()).hasSize(2);
    assertThat(reader.records().get(1).fields()).containsExactly(entry("n", 1L));
    assertThat(reader.badLines()).isEqualTo(2);
  }

  @Test
  void readsOlderFilesFirst() throws IOException {
    Path file = folder.resolve("app.ndjson");
    Files.writeString(file, LINE + ",\"n\":3}\n");
    Files.writeString(folder.resolve("app.ndjson.1"), LINE + ",\"n\":2}\n");
    Files.writeString(folder.resolve("app.ndjson.2"), LINE + ",\"n\":1}\n{\n");

    LogReader reader = LogReader.read(file);
    assertThat(reader.stream().map(record -> record.text("n"))).containsExactly("1", "2", "3");
    assertThat(reader.badLines()).isEqualTo(1);
  }

  @Test
  void saysWhenThereIsNothingToRead() {
    Path missing = folder.resolve("missing.ndjson");
    assertThatThrownBy(() -> LogReader.read(missing))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "Could not read the log "
                + missing
                + ": NoSuchFileException. Name a file that LogFile wrote and that this user may"
                + " read.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":[1,2.5,-3e2,12345678901234567890123]}",
        "{\"a\":[[],{}],\"b\":null}",
        "{\"a\":\"\\u00e9\\n\\t\\r\\b\\f\\/\\\\\\\"\"}",
        "{\"a\":99999999999999999999}"
      })
  void readsJson(String line) {
    assertThat(JsonLine.parse(line)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":1,}",
        "{\"a\":1}x",
        "{\"a\":tru}",
        "{\"a\":\"x",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":-}",
        "{\"a\":1.2.3}",
        "{\"a\":[1",
        "{\"a\":[1;2]}",
        "{a:1}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":x}"
      })
  void refusesWhatIsNotJson(String line) {
    assertThat(JsonLine.parse(line)).isNull();
  }

  @Test
  void refusesNestingThatWouldUseUpTheStack() {
    assertThat(JsonLine.parse("{\"a\":" + "[".repeat(100_000))).isNull();
    assertThat(JsonLine.parse("{\"a\":" + "[".repeat(60) + "]".repeat(60) + "}")).isNotNull();
  }

  @Test
  void refusesALineWithoutATime() throws IOException {
    Path file = folder.resolve("app.ndjson");
    Files.writeString(
        file, "{\"event\":\"x\"}\n{\"ts\":\"soon\"}\n{\"ts\":\"2026-01-01T00:00:00Z\"}\n");
    LogReader reader = LogReader.read(file);
    assertThat(reader.badLines()).isEqualTo(2);
    assertThat(reader.records()).extracting(LogRecord::event).containsExactly("");
  }
}
