package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy in one file, of what is in a file or in memory. */
abstract class BackupContract extends OpenStore {
  @TempDir Path copies;

  @Test
  void isADatabaseWithAllThatWasAcknowledged() throws IOException {
    increment(store);
    store.update(sql -> insert(sql, "before"));
    Path copy = copies.resolve("it's a copy?.db");
    store.backup(copy);
    store.update(sql -> insert(sql, "after"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(namesIn(copies)).as("nothing half-way is left").containsExactly("it's a copy?.db");
    try (Store restored = Store.sqlite(copy)) {
      restored.migrate(TABLES);
      assertThat(restored.verify().problems()).isEmpty();
      assertThat(texts(restored)).containsExactly("before");
      increment(restored);
      assertThat(count(restored)).isEqualTo(2);
    }
    assertThat(texts()).containsExactly("before", "after");
  }

  @Test
  void overwritesNothing() throws IOException {
    Path there = Files.writeString(copies.resolve("there"), "precious");
    assertThat(refusal(() -> store.backup(there)))
        .hasMessage(
            "Could not back up to "
                + there
                + ": it is there already, and is not overwritten. Name a new file.")
        .returns(Kind.MISUSE, StoreException::kind);
    assertThat(there).hasContent("precious");
    assertThat(kind(() -> store.backup(copies))).isEqualTo(Kind.MISUSE);
  }

  @Test
  void leavesNothingWhereItCanNotBeWritten() {
    Path nowhere = copies.resolve("nowhere/copy.db");
    assertThat(refusal(() -> store.backup(nowhere)))
        .hasMessageStartingWith("Could not back up to " + nowhere + ": NoSuchFile (")
        .hasMessageEndingWith(
            "Name a new file, in a folder that this user may write to and that has room for it.")
        .returns(Kind.READ_ONLY, StoreException::kind);
    assertThat(nowhere.getParent()).doesNotExist();
  }

  @Test
  void isOfOneMomentWhateverIsWrittenMeanwhile() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; !enough.get(); i++) {
                String text = "n" + i + "x".repeat(2_000);
                store.update(
                    sql -> {
                      insert(sql, text);
                      increment(sql); // in the same transaction: a copy has both or none
                    });
              }
            });
    writer.start();
    try {
      for (int i = 0; i < 5; i++) {
        long before = count(store);
        Path copy = copies.resolve("copy" + i);
        store.backup(copy);
        try (Store restored = Store.sqlite(copy)) {
          assertThat(restored.verify().problems()).isEmpty();
          assertThat(texts(restored)).hasSize((int) count(restored));
          assertThat(count(restored)).isGreaterThanOrEqualTo(before);
        }
      }
    } finally {
      enough.set(true);
      writer.join();
    }
  }

  @Test
  void isRefusedWithinATransactionAndOnAClosedStore() {
    Path copy = copies.resolve("copy");
    assertThat(kind(() -> store.update(sql -> store.backup(copy)))).isEqualTo(Kind.MISUSE);
    store.close();
    assertThat(kind(() -> store.backup(copy))).isEqualTo(Kind.MISUSE);
    assertThat(copy).doesNotExist();
  }

  private static List<String> texts(Store of) {
    return of.query("SELECT text FROM note ORDER BY id", r -> r.string("text"));
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
