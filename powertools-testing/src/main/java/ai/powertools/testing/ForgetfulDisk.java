package ai.powertools.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A folder that forgets what was not forced: after a kill, {@link #cutPower} leaves the files as a
 * power cut may leave them, which SIGKILL alone never does, since the operating system keeps what
 * was written.
 *
 * <pre>{@code
 * try (ForgetfulDisk disk = ForgetfulDisk.over(folder)) {
 *   CrashHarness.of(NoteWriter.class, file.toString()).on(disk)
 *       .prove(cycle -> Survivors.of(readNotes(file)));
 * }
 * }</pre>
 *
 * <p>The process to be killed is started with {@link #environment()}: a small library of C,
 * compiled on first use with {@code cc}, stands between it and the C library. It keeps what each
 * write, truncation, creation, deletion and renaming below the folder destroys, until the file (for
 * names: its folder) is flushed with {@code fsync} or {@code fdatasync}. Data that goes to the disk
 * through mapped memory is taken for durable, as are folders and links; files whose names end with
 * {@code -shm}, SQLite's shared memory, are deleted at a power cut. It shows what a program forgets
 * to force; that the real disk keeps what it was told to force is another question.
 *
 * <p>One process at a time, on Linux with 64 bits. Next to the folder stands another one, with the
 * suffix {@code .forgetful}, until it is closed; both must be on one file system. Not for use by
 * several threads.
 */
public final class ForgetfulDisk implements AutoCloseable {
  private static final String SHARED_MEMORY = "-shm";

  private final Path folder;
  private final Path stash;
  private final Path library;
  private final Loss loss;

  private ForgetfulDisk(Path folder, Path stash, Path library, Loss loss) {
    this.folder = folder;
    this.stash = stash;
    this.library = library;
    this.loss = loss;
  }

  /**
   * Over an existing folder, with losses at random. Where there is no such disk, because this is no
   * Linux or there is no C compiler, the test that asks is skipped, visibly.
   *
   * @throws UncheckedIOException if the folder can't be used
   */
  public static ForgetfulDisk over(Path folder) {
    return over(folder, ForgetfulLibrary.shared());
  }

  static ForgetfulDisk over(Path folder, ForgetfulLibrary library) {
    Assumptions.assumeTrue(library.refusal().isEmpty(), library.refusal());
    try {
      Path real = folder.toRealPath();
      Path stash = real.resolveSibling(real.getFileName() + ".forgetful");
      Files.createDirectories(stash);
      return new ForgetfulDisk(real, stash, library.file(), Loss.AT_RANDOM);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not put a forgetful disk over " + folder, e);
    }
  }

  /** The same, losing something else. */
  public ForgetfulDisk losing(Loss other) {
    return new ForgetfulDisk(folder, stash, library, other);
  }

  /** What the process that is to be killed needs in its environment. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "POWERTOOLS_FORGETFUL_FOLDER", folder.toString(),
        "POWERTOOLS_FORGETFUL_STASH", stash.toString());
  }

  /**
   * Takes back what was not forced, or some of it. To be called when the process is dead, and
   * before anybody opens the files.
   *
   * @throws UncheckedIOException if a file can't be changed
   */
  public PowerCut cutPower(RandomInput random) {
    try {
      UndoJournal journal = UndoJournal.read(stash.resolve("journal"));
      PowerCut cut = new UndoneNames(journal.names()).undo(random, loss);
      for (Path file : files(folder)) {
        if (file.getFileName().toString().endsWith(SHARED_MEMORY)) {
          Files.delete(file);
        } else {
          List<UndoRecord> records = journal.data(FileIds.of(file));
          cut = cut.and(new UndoneData(file, records, random, loss).undo());
        }
      }
      emptyStash();
      return cut;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not cut the power of " + folder, e);
    }
  }

  private void emptyStash() throws IOException {
    for (Path file : files(stash)) {
      Files.delete(file);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile).sorted().forEach(files::add);
    }
    return files;
  }

  /** Keeps the folder as it is, and forgets what could have been undone. Harmless twice. */
  @Override
  public void close() {
    try {
      if (Files.exists(stash)) {
        emptyStash();
        Files.delete(stash);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not delete " + stash, e);
    }
  }
}
