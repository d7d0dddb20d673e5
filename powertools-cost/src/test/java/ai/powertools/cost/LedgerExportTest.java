package ai.powertools.cost;

import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.UNPRICED;
import static ai.powertools.cost.Calls.cents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Unit;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written for other programs is read by them as it was meant. */
@ParameterizedClass
@EnumSource(KeptLedger.Keeping.class)
class LedgerExportTest extends KeptLedger {
  private static final List<String> NAMES =
      LedgerExport.columns().stream().map(column -> column.split(" ", -1)[0]).toList();

  @TempDir Path folder;

  LedgerExportTest(Keeping keeping) {
    super(keeping);
  }

  private static String text(LedgerExport export) {
    StringWriter writer = new StringWriter();
    assertThat(export.to(writer)).isNotNegative();
    return writer.toString();
  }

  /** RFC 4180, as any reader of it has it. */
  private static List<List<String>> csv(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\r')) {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\r') {
          assertThat(text.charAt(++i)).isEqualTo('\n');
          rows.add(row);
          row = new ArrayList<>();
        }
      } else {
        field.append(c);
      }
    }
    assertThat(quoted).isFalse();
    assertThat(field).isEmpty();
    return rows;
  }

  /** A flat object of JSON; empty for null. */
  private static Map<String, Optional<String>> json(String line) {
    Map<String, Optional<String>> all = new HashMap<>();
    assertThat(line).startsWith("{").endsWith("}");
    int at = 1;
    while (line.charAt(at) != '}') {
      StringBuilder name = new StringBuilder();
      at = string(line, at, name);
      assertThat(line.charAt(at)).isEqualTo(':');
      StringBuilder value = new StringBuilder();
      at++;
      if (line.charAt(at) == '"') {
        at = string(line, at, value);
        all.put(name.toString(), Optional.of(value.toString()));
      } else {
        while (line.charAt(at) != ',' && line.charAt(at) != '}') {
          value.append(line.charAt(at++));
        }
        String bare = value.toString();
        assertThat(bare).matches("null|-?\\d+");
        all.put(name.toString(), bare.equals("null") ? Optional.empty() : Optional.of(bare));
      }
      at += line.charAt(at) == ',' ? 1 : 0;
    }
    assertThat(at).isEqualTo(line.length() - 1);
    return all;
  }

  private static int string(String line, int from, StringBuilder into) {
    assertThat(line.charAt(from)).isEqualTo('"');
    int at = from + 1;
    while (line.charAt(at) != '"') {
      char c = line.charAt(at++);
      assertThat(c).isGreaterThanOrEqualTo(' ');
      if (c != '\\') {
        into.append(c);
        continue;
      }
      char escaped = line.charAt(at++);
      if (escaped == 'u') {
        into.append((char) Integer.parseInt(line.substring(at, at + 4), 16));
        at += 4;
      } else {
        into.append(escaped);
      }
    }
    return at + 1;
  }

  private void spend(CostTracker tracker, String user) {
    tracker
        .trackCall("t")
        .user(user)
        .model(PENNY)
        .tokens(0, 10)
        .start()
        .recordLast(Attempt.succeeded(cents(1)));
  }

  @Test
  void writesAllThatIsKnownOfAnEntry() {
    CostTracker tracker = tracker();
    CallSpan span =
        tracker
            .trackCall("chat")
            .id("c")
            .trace("x")
            .team("search")
            .tag("b", "2")
            .tag("a", "1")
            .model(PENNY)
            .tokens(0, 100)
            .start();
    clock.advance(Duration.ofMillis(1_500));
    span.recordLast(
        Attempt.succeeded(new Usage(50, 10, 5, 30, 20, Map.of(Unit.INPUT_AUDIO_TOKENS, 7L)))
            .vendorCost(Usd.of("0.8"))
            .use(Use.TRUNCATED));

    List<List<String>> rows = csv(text(tracker.export(ExportFormat.CSV)));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).isEqualTo(NAMES);
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      row.put(NAMES.get(i), rows.get(1).get(i));
    }
    assertThat(row)
        .containsEntry("call_id", "c")
        .containsEntry("attempt", "1")
        .containsEntry("began_at", "2026-11-24T10:00:00.123456Z")
        .containsEntry("recorded_at", "2026-11-24T10:00:01.623456Z")
        .containsEntry("task", "chat")
        .containsEntry("user", "")
        .containsEntry("team", "search")
        .containsEntry("provider", "acme")
        .containsEntry("model", "acme/penny")
        .containsEntry("tags", "a=1;b=2")
        .containsEntry("trace_id", "x")
        .containsEntry("outcome", "SUCCEEDED")
        .containsEntry("answer", "TRUNCATED")
        .containsEntry("input_tokens", "50")
        .containsEntry("cached_input_tokens", "10")
        .containsEntry("cache_write_tokens", "5")
        .containsEntry("output_tokens", "30")
        .containsEntry("reasoning_tokens", "20")
        .containsEntry("other_usage", "input_audio_tokens=7")
        .containsEntry("certainty", "EXACT")
        .containsEntry("vendor_usd", "0.8")
        .containsEntry("latency_micros", "1500000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b",
        "\"quoted\"",
        "\"",
        "\\",
        "back\\slash\\\"",
        "ümläut 🙂 \u2028",
        "{\"a\": 1}",
        " padded ",
        "null",
        "a'b"
      })
  void hostileValuesComeBackAsTheyWere(String user) {
    CostTracker tracker = tracker();
    spend(tracker, user);

    String line = text(tracker.export(ExportFormat.NDJSON));
    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    assertThat(json(line.strip()).get("user")).contains(user);
    assertThat(json(line.strip()).keySet()).containsExactlyInAnyOrderElementsOf(NAMES);
    assertThat(csv(text(tracker.export(ExportFormat.CSV))).get(1).get(NAMES.indexOf("user")))
        .isEqualTo(user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"x\",\"y\")"})
  void aSpreadsheetTakesNoTextForAFormula(String user) {
    CostTracker tracker = tracker();
    spend(tracker, user);

    assertThat(csv(text(tracker.export(ExportFormat.CSV))).get(1).get(NAMES.indexOf("user")))
        .isEqualTo("'" + user);
    assertThat(json(text(tracker.export(ExportFormat.NDJSON)).strip()).get("user")).contains(user);
  }

  @Test
  void anUnknownCostIsNothingAndNotZeroAndANegativeAmountIsANumber() {
    CostTracker tracker = tracker();
    tracker.trackCall("t").model(UNPRICED).start().recordLast(Attempt.succeeded(Usage.of(1, 1)));

    Map<String, Optional<String>> row = json(text(tracker.export(ExportFormat.NDJSON)).strip());
    assertThat(row.get("cost_usd")).isEmpty();
    assertThat(row.get("at_most_usd")).isEmpty();
    assertThat(row.get("counted_usd")).contains("0");
    assertThat(row.get("session")).isEmpty();
    List<String> flat = csv(text(tracker.export(ExportFormat.CSV))).get(1);
    assertThat(flat.get(NAMES.indexOf("cost_usd"))).isEmpty();
  }

  @Test
  void goesOnPageByPageInTheOrderInWhichCallsBegan() {
    CostTracker tracker = tracker();
    int calls = keeping == Keeping.IN_MEMORY ? 50 : 4_100;
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      expected.add("u" + i);
      CallSpan span = tracker.trackCall("t").user("u" + i).model(Calls.FREE).start();
      span.recordLast(Attempt.succeeded(cents(1)));
      if (i % 1_000 == 0) {
        clock.advance(Duration.ofSeconds(1)); // most began at the same moment as others
      }
    }

    List<List<String>> rows = csv(text(tracker.export(ExportFormat.CSV)));
    assertThat(rows.subList(1, rows.size()))
        .extracting(row -> row.get(NAMES.indexOf("user")))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void writesOnlyWhatBeganWithinTheTimeThatIsSaid() {
    CostTracker tracker = tracker();
    for (int i = 0; i < 5; i++) {
      spend(tracker, "u" + i);
      clock.advance(Duration.ofHours(1));
    }
    LedgerExport export = tracker.export(ExportFormat.NDJSON);
    StringWriter writer = new StringWriter();
    Instant from = MORNING.plus(Duration.ofHours(1));
    Instant before = MORNING.plus(Duration.ofHours(3));

    assertThat(export.from(from).before(before).to(writer)).isEqualTo(2);
    assertThat(writer.toString().lines().map(line -> json(line).get("user").orElseThrow()))
        .containsExactly("u1", "u2");
    assertThat(export.before(MORNING).to(new StringWriter())).isZero();
    assertThat(export.from(Instant.MIN).before(Instant.MAX).to(new StringWriter())).isEqualTo(5);
    assertThat(export.from(Instant.MAX).to(new StringWriter())).isZero();
    assertThat(export.before(Instant.MIN).to(new StringWriter())).isZero();
    assertThat(tracker.prune(Instant.MIN)).isZero();
    assertThat(tracker.prune(Instant.MAX)).isEqualTo(5);
  }

  @Test
  void writesAFileThatOnlyItsOwnerReadsAndNeverOverAnother() throws IOException {
    CostTracker tracker = tracker();
    spend(tracker, "ada");
    Path file = folder.resolve("costs.csv");

    assertThat(tracker.export(ExportFormat.CSV).to(file)).isEqualTo(1);
    assertThat(csv(Files.readString(file))).hasSize(2);
    assertThat(Files.getPosixFilePermissions(file))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    assertThatThrownBy(() -> tracker.export(ExportFormat.NDJSON).to(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "Could not write the costs to " + file + ": it is there already. Name a new file.")
        .hasCauseInstanceOf(FileAlreadyExistsException.class);
    assertThat(csv(Files.readString(file))).hasSize(2);
    assertThatThrownBy(() -> tracker.export(ExportFormat.CSV).to(folder.resolve("no/where.csv")))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void saysSoWhenTheWriterThrows() {
    CostTracker tracker = tracker();
    Writer full =
        new Writer() {
          @Override
          public void write(char[] chars, int from, int length) throws IOException {
            throw new IOException("full");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> tracker.export(ExportFormat.CSV).to(full))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Could not write the costs.");
  }

  @Test
  void namesEachColumnOnceWithItsType() {
    assertThat(LedgerExport.columns())
        .doesNotHaveDuplicates()
        .allSatisfy(
            column -> assertThat(column).matches("[a-z_]+ (string|int64|decimal|timestamp)"));
  }
}
