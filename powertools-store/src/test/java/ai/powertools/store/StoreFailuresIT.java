package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.powertools.store.StoreException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with files and disks, done to real ones. */
class StoreFailuresIT {
  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("state.db");
  }

  @Test
  void aFullDiskLosesNothingAndIsWrittenAgainOnceThereIsRoom() throws Exception {
    try (Mount disk = Mount.ofSize(folder, "2m")) {
      assertThat(disk).isNotNull();
      Path ballast = Files.write(folder.resolve("ballast"), new byte[600_000]);
      Set<String> acknowledged = new ConcurrentSkipListSet<>();
      try (Store store = Store.sqlite(file)) {
        store.migrate(OpenStore.TABLES);
        WritersContract.inThreads(4, () -> writeUntilFull(store, acknowledged, "full"));
        assertThat(kept(store)).as("what was acknowledged, and no more").isEqualTo(acknowledged);

        Files.delete(ballast);
        String after = "after" + "x".repeat(5_000);
        store.update(sql -> OpenStore.insert(sql, after));
        acknowledged.add(after);
        WritersContract.inThreads(4, () -> writeUntilFull(store, acknowledged, "again"));
        assertThat(kept(store)).isEqualTo(acknowledged);
        assertThat(OpenStore.kind(() -> store.backup(folder.resolve("copy")))).isEqualTo(Kind.FULL);
      }
      assertThat(Files.exists(folder.resolve("copy"))).isFalse();
      try (Store store = Store.sqlite(file)) {
        assertThat(kept(store)).isEqualTo(acknowledged);
        assertThat(store.verify().problems()).isEmpty();
      }
    }
  }

  private static void writeUntilFull(Store store, Set<String> acknowledged, String name) {
    String thread = Thread.currentThread().getName();
    for (int i = 0; ; i++) {
      String text = name + i + thread + "x".repeat(5_000);
      try {
        store.update(sql -> OpenStore.insert(sql, text));
        acknowledged.add(text);
      } catch (StoreException e) {
        assertThat(e)
            .hasMessageEndingWith("Make room on the disk; nothing of the transaction was kept.")
            .returns(Kind.FULL, StoreException::kind);
        return;
      }
    }
  }

  private static Set<String> kept(Store store) {
    return new TreeSet<>(store.query("SELECT text FROM note", r -> r.string("text")));
  }

  @Test
  void aFileThatMayNotGrowLosesNothing() throws Exception {
    assumeThat(Files.isExecutable(Path.of("/bin/sh"))).as("a shell that limits").isTrue();
    List<String> output = writeUnderALimit();
    Matcher counts =
        Pattern.compile("acknowledged (\\d+) readable (\\d+)")
            .matcher(output.get(output.size() - 1));
    assertThat(counts.matches()).as("" + output).isTrue();
    int acknowledged = Integer.parseInt(counts.group(1));

    assertThat(acknowledged).isPositive();
    // SQLite calls it an error of the disk, after which nobody knows about the one under way.
    int readable = Integer.parseInt(counts.group(2));
    assertThat(readable).isBetween(acknowledged, acknowledged + 1);
    assertThat(output)
        .anyMatch(
            line ->
                line.startsWith("FULL ")
                    || line.startsWith("UNAVAILABLE ")
                    || line.startsWith("IN_DOUBT "));
    try (Store store = Store.sqlite(file)) {
      assertThat(kept(store)).hasSize(readable);
      store.update(sql -> OpenStore.insert(sql, "goes on"));
      assertThat(store.verify().problems()).isEmpty();
    }
  }

  private List<String> writeUnderALimit() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", "ulimit -f 8000; exec \"$@\"", "sh", java));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(FullDiskWriter.class.getName(), file.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as("" + lines).isZero();
    return lines;
  }

  @Test
  void aDiskThatIsReadOnlyIsToldAndServesAgainLater() {
    try (Mount disk = Mount.ofSize(folder, "4m")) {
      writeSomething();
      disk.setReadOnly(true);
      assertThat(OpenStore.refusal(() -> Store.sqlite(file)))
          .hasMessageEndingWith("Check that this user may write the file and its folder.")
          .returns(Kind.READ_ONLY, StoreException::kind);
      assertThat(OpenStore.kind(() -> Store.sqlite(folder.resolve("new.db"))))
          .isEqualTo(Kind.READ_ONLY);
      disk.setReadOnly(false);
      assertWritesOn(500);
    }
  }

  @Test
  void aFileThatWasCutOffIsToldNotServed() throws IOException {
    writeSomething();
    byte[] whole = Files.readAllBytes(file);
    for (long size : new long[] {99, 5_000, 4_096 * 3L, whole.length - 4_096L}) {
      try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
        cut.setLength(size);
      }
      assertThat(damage()).as("cut off at " + size).isEqualTo(Kind.CORRUPT);
      Files.write(file, whole);
    }
    assertWritesOn(500);
  }

  @Test
  void aFlippedHeaderIsTold() throws IOException {
    writeSomething();
    byte[] whole = Files.readAllBytes(file);
    for (int at : new int[] {0, 7, 16, 21}) { // magic, magic, page size, payload fraction
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x55;
      Files.write(file, flipped);
      assertThat(damage()).as("byte " + at).isEqualTo(Kind.CORRUPT);
      assertThat(Files.readAllBytes(file)).as("left alone").isEqualTo(flipped);
      Files.write(file, whole);
    }
    assertWritesOn(500);
  }

  /** What opening it, reading it or looking for damage says. */
  private Kind damage() {
    try (Store store = Store.sqlite(file)) {
      assertThat(store.verify().isSound()).isFalse();
      return OpenStore.kind(() -> store.query("SELECT text FROM note", r -> r.string("text")));
    } catch (StoreException e) {
      return e.kind();
    }
  }

  @Test
  void garbageInThePlaceOfTheLogIsTold() throws IOException {
    writeSomething();
    Files.write(
        folder.resolve("state.db-wal"), "garbage ".repeat(2_000).getBytes(StandardCharsets.UTF_8));
    try (Store store = Store.sqlite(file)) {
      assertThat(store.recovery()).isEqualTo(Recovery.unreadable(16_000));
      assertThat(kept(store)).as("what was in the main file").hasSize(500);
      assertThat(store.verify().problems()).isEmpty();
    }
    assertWritesOn(500);
  }

  @Test
  void aFileThatIsTakenAwayWhileItIsOpenTakesNoWrites() throws IOException {
    writeSomething();
    Path away = folder.resolve("away.db");
    try (Store store = Store.sqlite(file)) {
      store.update(sql -> OpenStore.insert(sql, "before"));
      Files.move(file, away);
      assertThat(OpenStore.refusal(() -> store.update(sql -> OpenStore.insert(sql, "nowhere"))))
          .hasMessageStartingWith(
              "Could not write at " + file + ": the file was taken away or replaced")
          .returns(Kind.UNAVAILABLE, StoreException::kind);
      assertThat(OpenStore.kind(() -> store.update(sql -> OpenStore.insert(sql, "nowhere"))))
          .isEqualTo(Kind.READ_ONLY);
      Files.move(away, file);
      store.update(sql -> OpenStore.insert(sql, "after"));
    }
    try (Store store = Store.sqlite(file)) {
      assertThat(kept(store)).hasSize(502).contains("before", "after").doesNotContain("nowhere");
    }
  }

  @Test
  void aFileThatIsReplacedWhileItIsOpenIsToldOnceAndThenUsed() throws IOException {
    writeSomething();
    Path copy = folder.resolve("copy.db");
    try (Store store = Store.sqlite(file)) {
      store.backup(copy);
      store.update(sql -> OpenStore.insert(sql, "in the old file"));
      Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
      assertThat(OpenStore.kind(() -> store.update(sql -> OpenStore.insert(sql, "lost"))))
          .isEqualTo(Kind.UNAVAILABLE);
    }
  }

  private void writeSomething() {
    try (Store store = Store.sqlite(file)) {
      store.migrate(OpenStore.TABLES);
      store.update(
          sql -> {
            for (int i = 0; i < 500; i++) {
              OpenStore.insert(sql, i + "x".repeat(100));
            }
          });
    }
  }

  private void assertWritesOn(int before) {
    try (Store store = Store.sqlite(file)) {
      store.update(sql -> OpenStore.insert(sql, "goes on"));
      assertThat(kept(store)).hasSize(before + 1);
      store.update(sql -> sql.execute("DELETE FROM note WHERE text = 'goes on'"));
    }
  }
}
