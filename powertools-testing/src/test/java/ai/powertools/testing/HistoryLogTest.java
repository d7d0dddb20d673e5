package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryLogTest {
  @TempDir Path folder;

  @Test
  void whatSeveralLogsWroteIsReadInTheOrderInWhichItBegan() {
    Path first = folder.resolve("1");
    Path second = folder.resolve("2");
    try (HistoryLog one = HistoryLog.create(first);
        HistoryLog two = HistoryLog.create(second)) {
      HistoryLog.Call write = one.begins("a", "k", "write 1");
      HistoryLog.Call read = two.begins("b", "k", "read");
      HistoryLog.Call failed = one.begins("c", "k", "write 2");
      HistoryLog.Call unknown = two.begins("d", "k", "write 3");
      one.begins("e", "k", "write 4");
      write.answered("done");
      read.answered("1");
      failed.failed();
      unknown.unknown();
    }

    List<Operation<RegisterOperation, String>> history =
        HistoryFile.registers(List.of(second, first));

    assertThat(history)
        .extracting(Operation::toString)
        .containsExactly(
            "a: write 1 -> done", "b: read -> 1", "d: write 3 -> ?", "e: write 4 -> ?");
    assertThat(history.get(0).invoked()).isLessThan(history.get(1).invoked());
    assertThat(history.get(0).returned()).isLessThan(history.get(1).returned());
    assertThat(LinearizabilityChecker.of(new RegisterModel("0")).check(history).isLinearizable())
        .isTrue();
  }

  @Test
  void anyTextComesBack() {
    RandomInput.check(
        200,
        input -> {
          Path file = Files.createTempDirectory(folder, "h").resolve("log");
          String client = input.text(10);
          String key = input.text(10);
          String operation = input.text(30);
          String result = input.text(30) + "\\t\t\r";
          try (HistoryLog log = HistoryLog.create(file)) {
            log.begins(client, key, operation).answered(result);
          }
          Operation<String, String> one = HistoryFile.read(List.of(file)).get(0);
          assertThat(List.of(one.client(), one.key(), one.operation(), one.result().orElseThrow()))
              .isEqualTo(List.of(client, key, operation, result));
        });
  }

  @Test
  void aLineWithoutAnEndIsNone() throws IOException {
    Path file = folder.resolve("log");
    try (HistoryLog log = HistoryLog.create(file)) {
      log.begins("a", "k", "read");
    }
    Files.writeString(file, "99\t1\tanswered\t1", StandardOpenOption.APPEND);

    assertThat(HistoryFile.read(List.of(file)).get(0).result()).isEmpty();
  }

  @Test
  void threadsShareALog() throws InterruptedException {
    Path file = folder.resolve("log");
    try (HistoryLog log = HistoryLog.create(file)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String client = "c" + i;
        Thread thread =
            new Thread(
                () -> {
                  for (int n = 0; n < 200; n++) {
                    log.begins(client, "k", "read").answered("" + n);
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(HistoryFile.read(List.of(file))).hasSize(800).allMatch(Operation::isAnswered);
  }

  @Test
  void refusesWhatIsNoHistory() throws IOException {
    Path file = folder.resolve("log");
    for (String line :
        List.of(
            "nonsense",
            "1\t1\tbegins\tc\tk",
            "1\t1\tanswered\tx",
            "1\t1\tfailed",
            "1\t1\tunknown",
            "now\t1\tbegins\tc\tk\to")) {
      Files.writeString(file, "1\t9\tbegins\tc\tk\to\n" + line + "\n");
      assertThatThrownBy(() -> HistoryFile.read(List.of(file)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Line 2 of "
                  + file
                  + " is none of a history. Read files that a HistoryLog has written.");
    }
    assertThatThrownBy(() -> HistoryFile.read(List.of(folder.resolve("none"))))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> HistoryLog.create(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Could not create " + file + ". Give each process a file of its own.");
    HistoryLog closed = HistoryLog.create(folder.resolve("closed"));
    closed.close();
    assertThatThrownBy(() -> closed.begins("a", "k", "read"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Could not write to ");
  }
}
