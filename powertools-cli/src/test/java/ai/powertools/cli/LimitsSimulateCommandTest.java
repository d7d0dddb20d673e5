package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsSimulateCommandTest {
  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() throws IOException {
    console = new Console(folder);
    Files.writeString(
        folder.resolve("calls.csv"),
        """
        at,tokens,used,takes,tenant,patience
        0,1000,400,2s,search,
        0,1000,400,2s,billing,
        0,1000,400,2s,billing,1s
        """);
  }

  @Test
  void saysWhoWaitsAndWhoIsRefused() {
    assertThat(simulate("calls.csv", "--policy", "requests=60/m burst 1,concurrency=1")).isZero();
    assertThat(console.out())
        .startsWith(
            """
            policy    requests=60/m burst 1,concurrency=1
            trace     %s
            calls     3 in 4.00 s: 2 let through, 1 refused
            waits     p50 0 s, p90 2.00 s, p99 2.00 s, longest 2.00 s
            refused   1\s"""
                .formatted(folder.resolve("calls.csv")))
        .contains("\nbilling ")
        .contains("\nlongest wait, by when the call asked\n");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void theSameAsJsonHasTimesInSeconds() throws IOException {
    assertThat(simulate("calls.csv", "--policy", "concurrency=1", "--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(console.out());
    assertThat(json.get("elapsed_s").asText()).isEqualTo("4");
    assertThat(json.get("all").get("let_through").asLong()).isEqualTo(2);
    assertThat(json.get("all").get("wait_longest_s").asText()).isEqualTo("2");
    assertThat(json.get("tenants")).hasSize(2);
    assertThat(json.get("priorities").get(0).get("who").asText()).isEqualTo("normal");
    assertThat(json.get("refusals").get(0).get("calls").asLong()).isEqualTo(1);
    assertThat(json.get("limits").get(0).get("share").asDouble()).isEqualTo(1);
    assertThat(json.get("timeline").get(0).get("asked").asLong()).isEqualTo(3);
  }

  @Test
  void drawsWhenAskedAndNeverOverAFileWithoutForce() throws IOException {
    String[] draw = {"calls.csv", "--policy", "concurrency=1", "--svg", "waits.svg"};
    assertThat(simulate(draw)).isZero();
    assertThat(Files.readString(folder.resolve("waits.svg")))
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        .endsWith("</svg>\n");
    assertThat(simulate(draw)).isEqualTo(3);
    assertThat(console.err()).startsWith("--svg waits.svg is there already. Name another file");
    assertThat(simulate("calls.csv", "--policy", "concurrency=1", "--svg", "waits.svg", "--force"))
        .isZero();
    assertThat(simulate("calls.csv", "--policy", "concurrency=1", "--svg", "no/waits.svg"))
        .isEqualTo(3);
    assertThat(console.err())
        .startsWith("Could not write --svg no/waits.svg: NoSuchFileException. Check that");
  }

  @Test
  void makesCallsUpByASeed() {
    String[] made = {
      "--synthetic", "rate=90/m,for=10m,patience=5s,seed=3", "--policy", "requests=60/m"
    };
    assertThat(simulate(made)).isZero();
    String first = console.out();
    assertThat(first)
        .contains("trace     90 calls a minute for 10.0 min, waiting at most 5.00 s, seed 3\n");
    assertThat(simulate(made)).isZero();
    assertThat(console.out()).isEqualTo(first);
  }

  @Test
  void readsWhatIsPipedIn() {
    console.pipe("at\n0\n0\n");
    assertThat(simulate("-", "--policy", "requests=60/m burst 1", "--width", "40")).isZero();
    assertThat(console.out())
        .contains("trace     standard input\ncalls     2 in 1.00 s: 2 let through");
  }

  @Test
  void readsWhatCostExportWrote() throws IOException {
    SmallLedger.november(folder.resolve("home/state.db"));
    assertThat(console.run("cost", "export", "--out", "ledger.ndjson")).isZero();
    long rows;
    try (var lines = Files.lines(folder.resolve("ledger.ndjson"))) {
      rows = lines.count();
    }
    assertThat(rows).isPositive();
    assertThat(simulate("ledger.ndjson", "--policy", "requests=60/m", "--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(console.out());
    assertThat(json.get("all").get("let_through").asLong()).isEqualTo(rows);
    assertThat(json.get("tenants").size()).isPositive();
  }

  @Test
  void saysInWhichLineATraceIsWrong() throws IOException {
    Files.writeString(folder.resolve("wrong.csv"), "at,tokens\n0,many\n");
    assertThat(simulate("wrong.csv", "--policy", "requests=60/m")).isEqualTo(3);
    assertThat(console.err())
        .contains("wrong.csv, line 2: tokens must be a whole number, zero or more, not \"many\".");
    Files.writeString(folder.resolve("wrong.ndjson"), "{\"began_at\":\"noon\"}\n");
    assertThat(simulate("wrong.ndjson", "--policy", "requests=60/m")).isEqualTo(3);
    assertThat(console.err()).startsWith("wrong.ndjson, line 1 is no row of cost export: ");
    Files.writeString(folder.resolve("text.ndjson"), "hello\n");
    assertThat(simulate("text.ndjson", "--policy", "requests=60/m")).isEqualTo(3);
    assertThat(simulate("none.ndjson", "--policy", "requests=60/m")).isEqualTo(3);
    assertThat(console.err()).startsWith("Could not read none.ndjson: NoSuchFileException.");
  }

  @Test
  void saysWhatIsWrongWithTheOptions() {
    assertThat(simulate("calls.csv")).isEqualTo(2);
    assertThat(simulate("--policy", "requests=60/m")).isEqualTo(3);
    assertThat(console.err()).startsWith("Give the calls: a file TRACE or --synthetic TRAFFIC");
    assertThat(simulate("calls.csv", "--policy", "requests=60")).isEqualTo(3);
    assertThat(console.err()).startsWith("--policy is wrong. requests=60 in the policy: a limit");
    assertThat(simulate("--synthetic", "fast", "--policy", "requests=60/m")).isEqualTo(3);
    assertThat(console.err()).startsWith("--synthetic is wrong. \"fast\" is no item of a traffic");
    assertThat(simulate("calls.csv", "--policy", "requests=60/m", "--width", "20")).isEqualTo(3);
    assertThat(console.err()).startsWith("--width must be 40 to 400, not 20.");
  }

  private int simulate(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "limits";
    all[1] = "simulate";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return console.run(all);
  }
}
