package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.cost.LedgerExport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger's entries as other programs get them. */
class CostExportCommandTest {
  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() {
    SmallLedger.november(folder.resolve("home/state.db"));
    console = new Console(folder).at(Instant.parse("2026-11-11T12:00:00Z"));
  }

  @Test
  void writesARowForEachAttemptToStandardOutput() {
    assertThat(console.run("cost", "export")).isZero();
    List<String> lines = console.out().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).startsWith("call_id,attempt,began_at,");
    assertThat(lines.get(1))
        .contains("2026-10-20T12:00:00")
        .contains(",\"acme/penny\",")
        .contains(",3,");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void writesSomeDaysAsJsonLines() throws IOException {
    assertThat(
            console.run(
                "cost",
                "export",
                "--format",
                "ndjson",
                "--from",
                "2026-11-03",
                "--to",
                "2026-11-10",
                "--out",
                "-"))
        .isZero();
    List<String> lines = console.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.get("cost_usd").isTextual()).isTrue();
    assertThat(first.get("cost_usd").asText()).isEqualTo("0.05");
    assertThat(first.get("user").asText()).isEqualTo("bob");
    assertThat(console.run("cost", "export", "--to", "2026-11-01")).isZero();
    assertThat(console.out().lines()).hasSize(2);
  }

  @Test
  void writesAPrivateFileInTheFormOfItsName() throws IOException {
    Path file = folder.resolve("costs.ndjson");
    assertThat(console.run("cost", "export", "--out", "costs.ndjson")).isZero();
    assertThat(console.out()).isEmpty();
    assertThat(console.err()).startsWith("Wrote 4 rows to costs.ndjson.");
    assertThat(Files.readAllLines(file)).hasSize(4).allMatch(line -> line.startsWith("{"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(console.run("cost", "export", "--out", "costs.ndjson")).isEqualTo(3);
    assertThat(console.err()).contains("replace it with --force");
    assertThat(
            console.run(
                "cost", "export", "--out", "costs.ndjson", "--force", "--from", "2026-11-10"))
        .isZero();
    assertThat(console.err()).startsWith("Wrote 1 row to costs.ndjson.");
    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  @Test
  void printsItsColumnsWithoutALedger() {
    assertThat(console.run("cost", "export", "--schema", "--ledger", "none.db")).isZero();
    assertThat(console.out().lines().toList()).isEqualTo(LedgerExport.columns());
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(console.run("cost", "export", "--format", "parquet")).isEqualTo(3);
    assertThat(console.err()).startsWith("--format must be csv or ndjson, not \"parquet\".");
    assertThat(console.run("cost", "export", "--from", "2026-11-03", "--to", "2026-11-01"))
        .isEqualTo(3);
    assertThat(console.err()).startsWith("--to 2026-11-01 is before --from 2026-11-03.");
  }

  @Test
  void saysThatNobodyReadsAnyMore() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    try (PrintStream out = new PrintStream(closed)) {
      Terminal terminal =
          new Terminal(
              InputStream.nullInputStream(),
              out,
              System.err,
              Map.of("POWERTOOLS_HOME", folder.resolve("home").toString()),
              folder,
              InstantSource.fixed(Instant.parse("2026-11-11T12:00:00Z")));
      assertThat(Main.execute(terminal, "cost", "export")).isEqualTo(3);
    }
  }
}
