package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.powertools.core.PowerToolsException;
import ai.powertools.retry.Outcome;
import ai.powertools.testing.RandomInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events in a file. */
class JsonLinesSinkTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("deep").resolve("errors.jsonl");
  }

  private Path old(int number) {
    return file().resolveSibling("errors.jsonl." + number);
  }

  private void write(String... messages) {
    try (JsonLinesSink sink = JsonLinesSink.open(file())) {
      for (String message : messages) {
        sink.accept(Events.of(message));
      }
    }
  }

  private static List<String> messages(Path file) {
    return JsonLinesSink.read(file).stream().map(ErrorEvent::message).toList();
  }

  @Test
  void whateverWasWrittenIsReadBack() {
    RandomInput.check(
        200,
        input -> {
          Path file = folder.resolve("random-" + input.seed() + ".jsonl");
          List<ErrorEvent> events = new ArrayList<>();
          try (JsonLinesSink sink = JsonLinesSink.open(file)) {
            for (int i = input.ints(0, 5); i > 0; i--) {
              ErrorEvent event =
                  Events.of(
                      Events.NOON.plusNanos(input.longs(0, 1L << 50)),
                      input.text(300),
                      input.oneOf(Outcome.values()));
              events.add(event);
              sink.accept(event);
            }
          }

          assertThat(JsonLinesSink.read(file)).isEqualTo(events);
        });
  }

  @Test
  void linesAreAddedToThoseThatAreThere() throws IOException {
    write("one", "two");
    write("three");

    assertThat(messages(file())).containsExactly("one", "two", "three");
    assertThat(Files.readAllLines(file()))
        .hasSize(3)
        .allMatch(l -> l.startsWith("{\"version\":1,"));
  }

  @Test
  void onlyTheOwnerCanRead() throws IOException {
    assumeTrue(
        file().getFileSystem().supportedFileAttributeViews().contains("posix"),
        "This file system knows no permissions of POSIX.");
    write("one");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void aLineThatACrashCutOffIsSkippedWhereverItWasCut() throws IOException {
    write("first", "Überraschung 🙂");
    byte[] whole = Files.readAllBytes(file());
    int firstEnd = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    for (int end = firstEnd; end < whole.length; end++) {
      Files.write(file(), Arrays.copyOf(whole, end));
      List<String> intact = messages(file());
      write("next");

      // Without its line end alone, the last line is whole.
      List<String> expected =
          end == whole.length - 1 ? List.of("first", "Überraschung 🙂") : List.of("first");
      assertThat(intact).as("cut at %d", end).isEqualTo(expected);
      assertThat(messages(file())).as("cut at %d", end).startsWith("first").endsWith("next");
      assertThat(messages(file())).hasSize(expected.size() + 1);
    }
  }

  @Test
  void fullFilesMakeRoomAndTheOldestGoes() throws IOException {
    long line = EventJson.line(Events.of("no. 0")).length() + 1L;
    try (JsonLinesSink sink = JsonLinesSink.open(file(), 2 * line, 2)) {
      for (int i = 0; i < 9; i++) {
        sink.accept(Events.of("no. " + i));
      }
    }

    assertThat(messages(file())).containsExactly("no. 8");
    assertThat(messages(old(1))).containsExactly("no. 6", "no. 7");
    assertThat(messages(old(2))).containsExactly("no. 4", "no. 5");
    assertThat(old(3)).doesNotExist();
    assertThat(Files.size(old(1))).isEqualTo(2 * line);
  }

  @Test
  void aFileWithoutOldOnesBeginsAgain() {
    try (JsonLinesSink sink = JsonLinesSink.open(file(), 1, 0)) {
      sink.accept(Events.of("one"));
      sink.accept(Events.of("longer than the bound, and alone in its file"));
    }

    assertThat(messages(file())).containsExactly("longer than the bound, and alone in its file");
    assertThat(old(1)).doesNotExist();
  }

  @Test
  void anInterruptedThreadWritesAndStaysInterrupted() {
    try (JsonLinesSink sink = JsonLinesSink.open(file())) {
      Thread.currentThread().interrupt();
      sink.accept(Events.of("one"));
      sink.accept(Events.of("two"));
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(messages(file())).containsExactly("one", "two");
  }

  @Test
  void whatCannotBeRotatedIsToldAndTheNextLineIsWritten() throws IOException {
    long line = EventJson.line(Events.of("one")).length() + 1L;
    try (JsonLinesSink sink = JsonLinesSink.open(file(), line, 1)) {
      sink.accept(Events.of("one"));
      Files.createDirectory(old(1));
      Path inTheWay = Files.createFile(old(1).resolve("x"));

      assertThatThrownBy(() -> sink.accept(Events.of("two")))
          .isInstanceOf(PowerToolsException.class)
          .hasMessageContaining("Can't write to the error file " + file());
      Files.delete(inTheWay);
      Files.delete(old(1));
      sink.accept(Events.of("two"));
    }

    assertThat(messages(file())).containsExactly("two");
    assertThat(messages(old(1))).containsExactly("one");
  }

  @Test
  void aFileThatCannotBeOpenedIsNamed() throws IOException {
    Path notAFolder = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> JsonLinesSink.open(notAFolder.resolve("errors.jsonl")))
        .isInstanceOf(PowerToolsException.class)
        .hasMessageContaining("Can't open the error file " + notAFolder);
    assertThatThrownBy(() -> JsonLinesSink.open(folder))
        .isInstanceOf(PowerToolsException.class)
        .hasMessageContaining(folder.toString());
    assertThatThrownBy(() -> JsonLinesSink.read(folder.resolve("missing")))
        .isInstanceOf(PowerToolsException.class)
        .hasMessageContaining("Can't read the error file " + folder.resolve("missing"));
  }

  @Test
  void aClosedFileTakesNothingAndClosingTwiceIsHarmless() {
    JsonLinesSink sink = JsonLinesSink.open(file());
    sink.close();
    sink.close();

    assertThatThrownBy(() -> sink.accept(Events.of("late")))
        .isInstanceOf(PowerToolsException.class)
        .hasMessageContaining("is closed");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, -1"})
  void boundsThatAreNoneAreRefused(long bytes, int oldFiles) {
    assertThatThrownBy(() -> JsonLinesSink.open(file(), bytes, oldFiles))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(bytes + " bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":1} | field \"version\" is missing",
        "{\"version\":2} | version 2 is not 1",
        "{\"version\":1,\"when\":\"yesterday\"} | a value can't be read",
        "{\"version\":1,\"when\":\"2026-01-01T00:00:00Z\",\"key\":null} | field \"key\" is missing",
      })
  void aWholeLineThatIsNoEventIsNamed(String line, String why) throws IOException {
    write("one");
    Files.writeString(file(), line + "\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> JsonLinesSink.read(file()))
        .isInstanceOf(PowerToolsException.class)
        .hasMessageContaining("Line 2 of the error file " + file())
        .hasMessageContaining(why);
  }
}
