package ai.powertools.ratelimit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import ai.powertools.ratelimit.Priority;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallTraceTest {
  @TempDir Path folder;

  @Test
  void readsAllColumnsInAnyOrder() {
    assertThat(
            read(
                """
                tenant,at,input,output,used_input,used_output,takes,priority,keys,patience
                "search, new",0.5,1000,500,990,320,2.5s,high,org team,1m
                """))
        .containsExactly(
            TracedCall.at(Duration.ofMillis(500))
                .tokens(TokenCount.of(1000, 500))
                .used(TokenCount.of(990, 320))
                .takes(Duration.ofMillis(2500))
                .priority(Priority.HIGH)
                .tenant("search, new")
                .keys(List.of("org", "team"))
                .patience(Duration.ofMinutes(1)));
  }

  @Test
  void whatIsMissingIsEmptyOrNothing() {
    assertThat(read("at,tokens,tenant\n1,,\n\n2m,7,\n"))
        .containsExactly(
            TracedCall.at(Duration.ofSeconds(1)),
            TracedCall.at(Duration.ofMinutes(2)).tokens(TokenCount.of(7)));
  }

  @Test
  void momentsCountFromTheFirst() {
    assertThat(read("\ufeffat,used\n2026-11-01T12:00:00Z,5\n2026-11-01T12:00:01.5Z,\n"))
        .extracting(TracedCall::at)
        .containsExactly(Duration.ZERO, Duration.ofMillis(1500));
  }

  @Test
  void quotesInQuotesAreDoubled() {
    assertThat(read("at,tenant\r\n0,\"a \"\"b\"\"\"\r\n"))
        .extracting(TracedCall::tenant)
        .containsExactly(Optional.of("a \"b\""));
  }

  @Test
  void saysInWhichLineWhatIsWrongAndWhatToDo() {
    assertWrong("", "calls, line 1: the header has no column \"at\". Begin with a line such as");
    assertWrong("time,tokens\n", "line 1: there is no column \"time\". The header may have at, ");
    assertWrong("at,at\n", "line 1: the column \"at\" is there twice. Remove one.");
    assertWrong("at\n0\n\n-1\n", "line 4: at: a span is seconds or a number with ms, s, m, h or d");
    assertWrong(
        "at\n2026-11-01T25:00:00Z\n", "line 2: at must be seconds, a span such as 1.5s, or");
    assertWrong("at\n\n2\n1\n", "line 4: at is before that of the row above. Sort the rows");
    assertWrong(
        "at,tokens\n0\n", "line 2: the header has 2 columns and this row has 1. Put a text");
    assertWrong("at,tokens\n0,1e5\n", "line 2: tokens must be a whole number, zero or more, not");
    assertWrong("at,priority\n0,urgent\n", "priority must be high, normal or low, not \"urgent\".");
    assertWrong("at,takes\n0,soon\n", "line 2: takes: a span is seconds");
    assertWrong(
        "at,patience\n0,99999999999d\n", "patience: \"99999999999d\" is longer than a century");
    assertWrong("at,tenant\n0,\"a\n", "line 2: a quote is never closed. Close it; a cell ends in");
    assertWrong(
        "at,tokens,input,output\n0,5,2,2\n",
        "tokens is not the sum of input and output. Leave one");
  }

  private static void assertWrong(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void readsARowOnlyWhenItIsAskedFor() {
    CallTrace trace = CallTrace.csv("calls", new StringReader("at\n0\n1\nsoon\n"));
    try (Stream<TracedCall> calls = trace.calls()) {
      assertThat(calls.limit(2)).hasSize(2);
    }
  }

  @Test
  void aFileCanBeReadAgain() throws IOException {
    Path file = Files.writeString(folder.resolve("calls.csv"), "at,tokens\n0,1\n1,2\n");
    CallTrace trace = CallTrace.csv(file);
    assertThat(all(trace)).hasSize(2).isEqualTo(all(trace));
    assertThat(trace).hasToString(file.toString());
  }

  @Test
  void aFileThatCantBeReadIsNamed() throws IOException {
    Path missing = folder.resolve("missing.csv");
    assertThatThrownBy(() -> all(CallTrace.csv(missing)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Could not read " + missing + ": NoSuchFileException. Check the path.");
    Path binary = Files.write(folder.resolve("x.csv"), new byte[] {'a', 't', '\n', (byte) 0xff});
    assertThatThrownBy(() -> all(CallTrace.csv(binary)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is no UTF-8 text after line ");
  }

  @Test
  void aReaderThatFailsIsNamedWithItsLine() {
    Reader broken =
        new Reader() {
          @Override
          public int read(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("disk on fire");
          }

          @Override
          public void close() throws IOException {
            throw new IOException("disk on fire");
          }
        };
    CallTrace trace = CallTrace.csv("calls", broken);
    assertThatThrownBy(() -> trace.calls().toList())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Could not read calls after line 0: IOException.");
    Stream<TracedCall> calls = CallTrace.csv("calls", broken).calls();
    assertThatThrownBy(calls::close)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Could not close calls.");
  }

  @Test
  void callsInMemoryMustBeSorted() {
    TracedCall early = TracedCall.at(Duration.ZERO);
    TracedCall late = TracedCall.at(Duration.ofSeconds(1));
    assertThat(all(CallTrace.of(List.of(early, late)))).containsExactly(early, late);
    assertThatThrownBy(() -> CallTrace.of(List.of(late, early)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Call 2 at PT0S comes before call 1. Sort them by their times.");
  }

  @Test
  void valuesRefuseNonsense() {
    assertThatThrownBy(() -> TracedCall.at(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TokenCount.of(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenCount(1, 2, 4))
        .hasMessage("1 and 2 tokens are not 4 in all.");
  }

  private static List<TracedCall> read(String text) {
    return all(CallTrace.csv("calls", new StringReader(text)));
  }

  private static List<TracedCall> all(CallTrace trace) {
    try (Stream<TracedCall> calls = trace.calls()) {
      return calls.toList();
    }
  }
}
