package ai.powertools.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Takes back changes of names, the last one first: what is kept is a beginning of them. */
final class UndoneNames {
  private final List<UndoRecord> records;

  UndoneNames(List<UndoRecord> records) {
    this.records = records;
  }

  PowerCut undo(RandomInput random, Loss loss) throws IOException {
    int kept = loss == Loss.ALL_UNFORCED ? 0 : random.ints(0, records.size() + 1);
    for (int i = records.size() - 1; i >= kept; i--) {
      undo(records.get(i));
    }
    return new PowerCut(records.size(), records.size() - (long) kept, 0);
  }

  /** Each looks whether the change was made: it is recorded before. */
  private static void undo(UndoRecord record) throws IOException {
    List<String> paths = record.paths();
    Path first = Path.of(paths.get(0));
    if (record.kind() == UndoRecord.Kind.CREATE) {
      if (is(first, record)) {
        Files.delete(first);
      }
    } else if (record.kind() == UndoRecord.Kind.UNLINK) {
      if (Files.notExists(first)) {
        Files.createLink(first, Path.of(paths.get(1)));
      }
    } else if (is(Path.of(paths.get(1)), record) && Files.notExists(first)) {
      Path target = Path.of(paths.get(1));
      Files.move(target, first, StandardCopyOption.ATOMIC_MOVE);
      if (!paths.get(2).isEmpty()) {
        Files.createLink(target, Path.of(paths.get(2)));
      }
    }
  }

  private static boolean is(Path path, UndoRecord record) throws IOException {
    return Files.exists(path) && FileIds.of(path).equals(record.file());
  }
}
